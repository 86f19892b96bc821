"""Who answers, in every manner of the grid: each wording with each set of names, each wording at each place."""

from __future__ import annotations

import pytest

from openplans.paths import Paths
from openplans.text.responsible import NONE, unit_lists
from openplans.text.roles import LEADING
from openplans.text.unit_names import leading, role, units
from tests.drafting import manners
from tests.drafting.manners import NAMES, PLACES, Answer, filled, title, wordings
from tests.drafting.test_proposing import drafted

PER_DOCUMENT = 90
"""Tasks of a document: numbers have two digits."""


def read(text: str) -> list[Answer]:
    lists = leading(sorted(unit_lists(text, NONE), key=lambda each: each.start))
    led = any(LEADING.search(each.role) for each in lists) and len(lists) > 1
    return [(role(each, unit.said, "", 1, led), unit.name) for each in lists for unit in units(each)]


@pytest.mark.parametrize("names", NAMES)
def test_each_wording_is_read_whatever_the_names(names: str) -> None:
    wrong = []
    for wording in wordings("LTB" if names not in manners.NOT_BARE else "LT"):
        text, answers = filled(wording, names)
        if (found := read(f"修路9公里。（{text}）")) != answers:
            wrong.append((text, found))
    assert wrong == []


@pytest.mark.parametrize("place", PLACES)
def test_each_wording_is_read_wherever_it_stands(paths: Paths, place: str) -> None:
    kinds, lines = PLACES[place]
    turn, wrong = list(PLACES).index(place), []
    tried = [filled(each, NAMES[(n + turn) % len(NAMES)]) for n, each in enumerate(wordings(kinds)) if not bare(each)]
    tried += [filled(each, NAMES[turn]) for each in wordings(kinds) if bare(each)]
    for begin in range(0, len(tried), PER_DOCUMENT):
        tasks = dict(enumerate(tried[begin : begin + PER_DOCUMENT], 1))
        found = answered(paths, *(line for n, (text, _) in tasks.items() for line in lines(f"{n}．{title(n)}", text)))
        wrong += [(text, own) for n, (text, wanted) in tasks.items() if (own := found.get(title(n), [])) != wanted]
    assert wrong == []


def bare(wording: str) -> bool:
    return wording in manners.BARE


def answered(paths: Paths, *lines: str) -> dict[str, list[Answer]]:
    """By the title of each task of some lines, who answers for it."""
    draft = drafted(paths, "二、重点任务", *lines)
    return {
        task["title"]: [
            (row["role"], row["name_in_source"])
            for row in draft["responsibilities"]
            if row["task_id"] == task["task_id"]
        ]
        for task in draft["tasks"]
    }
