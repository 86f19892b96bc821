"""Who answers, in every manner of the grid: each wording with each set of names, each wording at each place."""

from __future__ import annotations

import pytest

from openplans.paths import Paths
from openplans.text.organization_names import leading, listed, role
from openplans.text.responsible import NONE, organization_lists
from openplans.text.roles import LEADING
from tests.drafting import manners
from tests.drafting.manners import NAMES, PLACES, Answer, filled, title, wordings
from tests.drafting.test_proposing import drafted

PER_DOCUMENT = 90
"""Tasks of a document: numbers have two digits."""


def read(text: str) -> list[Answer]:
    lists = leading(sorted(organization_lists(text, NONE), key=lambda each: each.start))
    led = any(LEADING.search(each.role) for each in lists) and len(lists) > 1
    return [(role(each, one.said, "", 1, led), one.name) for each in lists for one in listed(each)]


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


@pytest.mark.parametrize("head", manners.COLUMN_HEADS)
def test_each_wording_is_read_in_a_cell(paths: Paths, head: str) -> None:
    turn, wrong = list(manners.COLUMN_HEADS).index(head), []
    able = [each for each in wordings(manners.COLUMN_HEADS[head]) if "　" not in each and "|" not in each]
    tried = [filled(each, NAMES[(n + turn) % len(NAMES)]) for n, each in enumerate(able)]
    for begin in range(0, len(tried), PER_DOCUMENT):
        tasks = dict(enumerate(tried[begin : begin + PER_DOCUMENT], 1))
        rows = [f"{n}|{title(n)}|{text}|12月" for n, (text, _) in tasks.items()]
        found = answered(paths, "附件", "任务分工表", f"序号|重点任务|{head}|完成时限", *rows)
        wrong += [(text, own) for n, (text, wanted) in tasks.items() if (own := found.get(title(n), [])) != wanted]
    assert wrong == []


@pytest.mark.parametrize("heads", manners.TWO_COLUMNS)
def test_names_stand_in_two_columns(paths: Paths, heads: str) -> None:
    rows, wanted = [], {}
    for number, (first, *others) in enumerate(map(str.split, NAMES), 1):
        mark = manners.MARKS[number % len(manners.MARKS)]
        columns = list(zip(manners.TWO_COLUMNS[heads], ([first], others), strict=True))
        cells = [mark.join(names) if role else "王志强" for role, names in columns]
        rows.append(f"{number}|{title(number)}|{cells[0]}|{cells[1]}|12月")
        wanted[title(number)] = [(role, name) for role, names in columns if role for name in names]
    assert answered(paths, "附件", "任务分工表", f"序号|重点任务|{heads}|完成时限", *rows) == wanted


@pytest.mark.parametrize("rule", manners.FIRST_LEADS)
def test_the_first_leads_by_a_rule_of_the_document(paths: Paths, rule: str) -> None:
    tasks = [
        f"{n}．{title(n)}。修路9公里。（责任单位：{'、'.join(each.split())}）" for n, each in enumerate(NAMES[:3], 1)
    ]
    for lines in ([rule, *tasks], [*tasks, "三、保障措施", rule]):
        found = answered(paths, *lines)
        assert [[role for role, _ in found[title(n)]] for n in (1, 2, 3)] == [["lead", "co", "co"]] * 3


@pytest.mark.parametrize("rule", manners.MARK_LEADS)
def test_a_mark_leads_by_a_rule_of_the_document(paths: Paths, rule: str) -> None:
    first, second, third = NAMES[0].split()
    wanted = [("co", first), ("lead", second), ("co", third)]
    for mark in "▲★*●◆":
        marked = (f"{mark}{second}", f"{second}{mark}", f"{second}（{mark}）")
        tasks = [
            f"{n}．{title(n)}。修路9公里。（责任单位：{first}、{each}、{third}）" for n, each in enumerate(marked, 1)
        ]
        found = answered(paths, *tasks, "三、保障措施", rule.format(mark=mark))
        assert [found[title(n)] for n in (1, 2, 3)] == [wanted] * 3, mark
