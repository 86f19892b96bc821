"""What the plugins of templates/datasette/plugins keep and remember, and how much of it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from datasette.database import Results
from datasette.utils import module_from_path
from openplans.serve import FOLDER

guard, remember = (module_from_path(str(FOLDER / "plugins" / f"{name}.py"), name) for name in ("guard", "remember"))


def test_what_is_kept_stays_within_its_limit() -> None:
    kept = guard.Kept()
    for number in range(guard.KEPT // guard.BESIDE):
        for _ in range(2):  # as when two ask at once
            kept.add(
                (b"http", b"x", b"/db/openplans/targets.json", b"_n=%d" % number), (200, [], b"x" * (number % 5_000))
            )
    assert 0 < kept.size == sum(guard.taken(*each) for each in kept.answers.items()) <= guard.KEPT
    assert kept.get((b"http", b"x", b"/db/openplans/targets.json", b"_n=0")) is None, "the oldest went"


def test_a_question_is_asked_once_and_few_small_answers_are_remembered() -> None:
    questions: list[object] = []

    async def ask(question: object, _parameters: object = None) -> object:
        questions.append(question)
        return question

    async def all_asked() -> None:
        answer = remember.remembered(ask, worth=lambda found, asked: found != "large")
        for each in ("small", "small", "large", "large"):
            assert await answer(each, {"a": [1]}) == each
        assert await answer("small", {"a": [2]}) == "small", "other parameters, another question"
        for number in range(remember.ANSWERS):
            await answer(number)
        await answer("small", {"a": [1]})

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may run in this thread
        apart.submit(asyncio.run, all_asked()).result()
    assert [each for each in questions if isinstance(each, str)] == ["small", "large", "large", "small", "small"]


def test_pages_of_rows_are_not_remembered_and_counts_are() -> None:
    described = (("value",), ("count",))
    sql = "select value, count(*) from (select * from targets) group by value"
    assert remember._lasting(Results([("a", 1)] * 20, False, described), sql)
    assert not remember._lasting(Results([("a", 1)] * 60, False, described), sql)
    assert not remember._lasting(Results([("文" * 2_000, 1)], False, described), sql), "bytes count, not letters"
    for fleeting in ("random()", "date('now')", "strftime('%s', 'now')", "CURRENT_DATE", "unixepoch()"):
        assert not remember._lasting(Results([("a", 1)], False, described), f"select {fleeting}"), fleeting
