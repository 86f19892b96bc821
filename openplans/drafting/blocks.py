"""Lines without numbers that stand together for one task: what is to be done, and under it who answers for it.

    ——清园净园。…                重点工作：古民居修缮            老旧小区改造
    责任单位：甲局；配合单位：乙局    承办站所：甲所                 今年改6个小区
    ——选种补种。…                重点工作：梯田认养              牵头单位：甲局

Or rows of a table, each of which is a label and what it says: a card for each task.

    任务名称|老旧小区改造
    责任单位|甲局

Comes in: the folded lines of a document in order. Goes out: the lines that begin a block, each with the last line of
it. Apart from `cutting`, which cuts by numbers: here only a run of several such blocks tells that there are any.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise, takewhile

from openplans.rules.organization_tables import is_of_organizations
from openplans.text.numbering import is_title, item_mark
from openplans.text.responsible import is_answer

_LABEL = re.compile(r"[ \u3000]*(?![备附]?注|说明|附|来源|抄|报|送|主题|联系)(?P<label>[\u4e00-\u9fff]{2,8}):(?=.)")
_CARD = (2, 4)
"""Cells of a row of a card: one label, or two."""
_CARD_LABEL = re.compile(r"[\u4e00-\u9fff及、/() ]{2,12}")
_COUNTER = re.compile("[ \u3000]*[A-Z]{0,2}-?[0-9]{1,3}[ \u3000.、]*")
"""A number that stands alone in its line."""


def blocks(lines: Sequence[str | None]) -> dict[int, int]:
    """The places of the lines that begin a block, each with the place of the last line of it; None parts lines: rows
    of tables, what has a number of its own.
    """
    found: dict[int, int] = {}
    for run in _runs(lines):
        answers = {place for place, line in run if is_answer(line)}
        starts = _marked(run, answers) or _labelled(run, answers) or _followed(run, answers)
        if not starts or starts[0] - 1 in answers:  # who answers stands before what is to be done
            continue
        counters = {place for place, line in run if _COUNTER.fullmatch(line)}
        for start, end in pairwise([*starts, run[-1][0] + 1]):
            if end > run[-1][0]:
                last = max(start, *answers)
                behind = takewhile(lambda each: _LABEL.match(each[1]), (each for each in run if each[0] > last))
                found[start] = max([last, *(place for place, _ in behind)])
            else:
                found[start] = end - 1 - (end - 1 in counters)
    return found


def cards(rows: Sequence[list[str]]) -> dict[int, int]:
    """The places of the rows that begin a card, each with the place of the last row of it, by the folded cells of all;
    what is no row has none. A card begins where the first label of the first one comes again, and says who answers.
    """
    found: dict[int, int] = {}
    groups = groupby(range(len(rows)), lambda place: _is_labelled(rows[place]))
    for run in (list(places) for labelled, places in groups if labelled):
        starts = [place for place in run if rows[place][0] == rows[run[0]][0]]
        spans = list(zip(starts, [*(start - 1 for start in starts[1:]), run[-1]], strict=True))
        if len(spans) > 1 and all(any(map(_says_who, rows[start : end + 1])) for start, end in spans):
            found |= dict(spans)
    return found


def _is_labelled(cells: list[str]) -> bool:
    """Whether the cells of a row are labels, each with what it says behind it."""
    return len(cells) in _CARD and all(map(_CARD_LABEL.fullmatch, cells[::2]))


def _says_who(cells: list[str]) -> bool:
    """Whether a label of a row is one of units; two such beside each other are heads."""
    said = zip(cells[::2], cells[1::2], strict=True)
    return any(is_of_organizations(label) and not is_of_organizations(behind) for label, behind in said)


def _runs(lines: Sequence[str | None]) -> Iterator[list[tuple[int, str]]]:
    """The lines that nothing parts, each with its place."""
    run: list[tuple[int, str]] = []
    for place, line in enumerate([*lines, None]):
        if line is not None:
            run.append((place, line))
        elif run:
            yield run
            run = []


def _marked(run: list[tuple[int, str]], answers: set[int]) -> list[int]:
    """Where items begin that a mark stands before (——, ◆, 一是), or a number alone in the line above."""
    kinds: dict[str, list[int]] = {}
    for (place, line), (_, below) in pairwise([*run, (0, "")]):
        if place not in answers and (mark := item_mark(line)):
            kinds.setdefault(mark, []).append(place)
        elif _COUNTER.fullmatch(line) and below:
            kinds.setdefault("0", []).append(place + 1)
    most = max(kinds.values(), key=len, default=[])
    return most if _are_answered(most, run, answers) else []


def _labelled(run: list[tuple[int, str]], answers: set[int]) -> list[int]:
    """Where the labels of a run begin again, the first before who answers: 重点工作:…, 责任单位:…, 重点工作:…"""
    labels: dict[str, list[int]] = {}
    for place, line in run:
        if place not in answers and (found := _LABEL.match(line)):
            labels.setdefault(found["label"], []).append(place)
    leading = (places for places in labels.values() if len(places) > 1 and places[0] < min(answers, default=0))
    first = next(leading, [])
    return first if _are_answered(first, run, answers) else []


def _followed(run: list[tuple[int, str]], answers: set[int]) -> list[int]:
    """Where lines begin that others follow which say who answers: the last short one before these, or the last."""
    starts: list[int] = []
    before: list[tuple[int, str]] = []
    for place, line in run:
        if place in answers:
            titles = [at for at, each in before if is_title(each)]
            starts += (titles or [at for at, _ in before])[-1:]
            before = []
        elif not _LABEL.match(line):
            before.append((place, line))
    return starts if len(starts) > 1 else []


def _are_answered(starts: list[int], run: list[tuple[int, str]], answers: set[int]) -> bool:
    """Whether several of the items that begin at some lines, and half of all, are followed by who answers."""
    ordered = sorted(answers)
    spans = pairwise([*starts, run[-1][0] + 1])
    answered = sum(bisect(ordered, start) < bisect_left(ordered, end) for start, end in spans)
    return answered > 1 and answered * 2 >= len(starts)
