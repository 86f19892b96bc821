"""One thing done to many cells is one mistake: a column sorted alone, a cell dragged down, a wide find-and-replace.

Comes in: causes, each with what follows from it. Goes out: fewer of them. Apart from `causes`, which follows keys from
one row to another: here stand causes that are alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from pathlib import PurePosixPath

from openplans.problems import Problem
from openplans.rules.ranks import forms, rank
from openplans.rules.ties import Graph, number_of
from openplans.text.substitution import substitution

Causes = dict[Problem, list[Problem]]
"""Each cause with what follows from it."""

MANY_OF_A_FORM = 3
"""From how many cells of a column on a mistake of form is one of the column: a program did it, not a slip."""

MANY = 10
"""The same for mistakes of meaning, which people make one by one."""

_OF_WHOLE_ROWS = {"foreign-id", "duplicate-key", "duplicate-row"}
"""The rules that pasting rows breaks, once for each."""

_FEW_TELL = {"translation-differs", "of-next-row", "alias-of-another", "themes-filled"}
"""The rules that find few of the rows that are wrong: most terms have no number by which they could be told apart, and
most aliases no word of what they lead to."""

_COPIED = {"quote-not-in-clause", "task-title-not-in-clause", "name-not-in-source"}
"""The rules of a text that is copied from its clause."""

_OF_SHIFTS = {
    "value-not-in-quote", "period-outside-plan", "period-not-in-source", "year-not-explained", "unit-differs",
    "comparator-differs", "measure-differs", "organization-differs", "quote-not-in-clause", "name-elsewhere",
}  # fmt: skip
"""The rules that hold a code, a number or an id against the rest of its row: broken row after row, a part of the rows
was shifted."""

OF_FIGURES = {"comparator-differs", "unit-differs", "measure-differs"}
"""The rules that find the figure of a row to be another than its codes say: perhaps a threshold (亿元以上项目30个)."""

_OF_CHAINS = {"too-deep", "restates-chain", "parent-not-before", "text-not-verbatim", "foreign-id"}
"""The rules by which one wrong row makes many others wrong, or that of a table which is another plan's."""

_OF_MARKS = {"corner-bracket"}
"""The rules of single marks, which find-and-replace puts into any rows."""

_UNTOLD = {"figure-not-accounted", "promise-not-accounted"}
"""What is said of a clause whose promises no row has."""


_TOLD_BY = {**dict.fromkeys(_UNTOLD, ("references",)), "unit-not-accounted": ("responsibilities",)}
"""The tables whose rows account for what a rule asks."""


def merged(causes: Causes, graph: Graph) -> Causes:
    """Causes with all that was done at once taken together."""
    causes = together(_of_other_units(causes), _of_thresholds(causes, graph))
    causes = together(together(causes, _of_moved_files(causes)), _of_organizations_taken(causes, graph))
    causes = _dragged(alike(causes))
    causes = together(causes, _replaced(causes, graph))
    causes = together(causes, _of_dates(causes))
    causes = together(causes, _filled(causes, graph))
    causes = together(causes, _on_end(causes))
    causes = together(causes, _of_columns(causes, graph))
    causes = together(causes, _of_blocks(causes, graph))
    return together(causes, _of_rows_gone(causes))


def together(causes: Causes, groups: Iterable[list[Problem]]) -> Causes:
    """Causes with those of each group, and what follows from them, behind its first."""
    result = {each: list(following) for each, following in causes.items()}
    for first, *others in groups:
        for each in others if first in result else ():
            result[first] += [each, *result.pop(each)] if each in result else []
    return result


def _of_other_units(causes: Causes) -> Causes:
    """Causes with what stands twice taken to the row that names another unit than the document does, or another release
    than its place does.
    """
    others = ("organization-differs", "release-order")
    wrong = {(each.file, each.line): each for each in causes if each.rule in others}
    groups = []
    for each in causes if wrong else ():
        lines = (each.line, each.facts.get("first")) if each.rule == "duplicate-row" else ()
        cause = next((found for line in lines if (found := wrong.get((each.file, int(line or 0))))), None)
        if cause is not None:
            groups.append([cause, each])
    return together(causes, groups)


def _of_thresholds(causes: Causes, graph: Graph) -> Iterable[list[Problem]]:
    """A row with a figure that its codes do not suit, and another figure of its quote that no row has."""
    for each in (each for each in causes if each.rule in OF_FIGURES):
        left = [other for other in causes if other.rule == "figure-not-accounted" and graph.quotes(each, other)]
        if left:
            yield [each, *left]


def _of_moved_files(causes: Causes) -> Iterable[list[Problem]]:
    """A file that is missing, and one of its name that nobody reads where it stands: it was moved there."""
    stray = [each for each in causes if each.rule == "stray-file"]
    for each in [each for each in causes if each.rule == "missing-file"]:
        named = [other for other in stray if _name(other.file) == _name(each.file)]
        if len(named) == 1:
            yield [each, *named]
    for each in stray:  # a folder within the package, into which its files were put
        if each.facts["what_en"] == "folder":
            yield [
                each,
                *(other for other in causes if other.rule == "missing-file" and _folder(other) == _folder(each)),
            ]


def _of_rows_gone(causes: Causes) -> Iterable[list[Problem]]:
    """Many rows of a table that are gone, as where a filtered copy was saved, and what no row of the plan tells now."""
    for each in [each for each in causes if each.rule == "id-missing"]:
        if sum(other.rule == each.rule for other in causes[each]) >= MANY:
            untold = (other for other in causes if other.rule in _UNTOLD and _folder(other) == _folder(each))
            yield [each, *untold]


def _folder(each: Problem) -> PurePosixPath:
    return PurePosixPath(each.file).parent


def _name(file: str) -> str:
    return PurePosixPath(file).name


def _of_dates(causes: Causes) -> Iterable[list[Problem]]:
    """Sources with other days than their titles and addresses tell, where they are several, and figures of times that
    were not over on such days: the column of days was sorted, or slid.
    """
    dated = [each for each in causes if each.rule.startswith("published-")]
    if len(dated) >= MANY_OF_A_FORM:
        later = [each for each in causes if each.rule in ("period-after-source", "source-year-differs")]
        yield [*sorted(dated), *later]


def _filled(causes: Causes, graph: Graph) -> Iterable[list[Problem]]:
    """What is wrong in one column of rows on end that have one thing in it, that of the row above: a cell was filled
    down. Some of the rows may have been like it before.
    """
    groups: defaultdict[Hashable, list[Problem]] = defaultdict(list)
    for each in sorted(causes):
        if each.field and each.line and (run := graph.same_above(each)):
            groups[each.file, each.field, run].append(each)
    yield from (group for group in groups.values() if len({each.line for each in group}) > 1)


_ON_END = "/observations.csv"
"""The table whose rows are like each other, row after row; those of plans are about a sentence each."""

GAP = 2
"""Lines between two wrong cells of a column that slid: some fit their new rows by chance."""


def _on_end(causes: Causes) -> Iterable[list[Problem]]:
    """What is wrong in one column of figures, line after line: it slid, or a cell was dragged down, counting on. A cell
    that is empty where none may be is at its end.
    """
    groups: list[list[Problem]] = []
    places = ((each.file, each.field, each.line, rank(each), each) for each in causes if each.file.endswith(_ON_END))
    for *_, each in sorted(places):
        last = groups[-1][-1] if groups else each
        near = last is not each and (last.field, True) == (each.field, each.line - last.line <= GAP)
        groups[-1:] = [[*groups[-1], each]] if near else [*groups[-1:], [each]]
    yield from (group for group in groups if len({each.line for each in group}) >= MANY_OF_A_FORM)


def slid(cause: Problem, following: list[Problem]) -> int:
    """The last of the lines on end where a column of figures is wrong; 0 where they are few."""
    lines = {each.line for each in following if (each.file, each.field) == (cause.file, cause.field)} - {cause.line}
    return max(lines) if cause.file.endswith(_ON_END) and len(lines) + 1 >= MANY_OF_A_FORM else 0


def filled_down(cause: Problem, following: list[Problem], graph: Graph) -> tuple[int, str] | None:
    """The last of the rows over which a cell was filled down, and what stands in them; None where none was."""
    run = graph.same_above(cause)
    lines = [each.line for each in following if (each.file, each.field) == (cause.file, cause.field)]
    same = [each for each in lines if run and run < each]
    return (max(same), graph.cell(cause)) if same else None


def _of_organizations_taken(causes: Causes, graph: Graph) -> Iterable[list[Problem]]:
    """A unit that answers twice for one task, and a list without it, beside whose rows one of the two stands: that row
    was given to the other task.
    """
    lists = [each for each in causes if each.rule == "unit-not-accounted"]
    for each in [each for each in causes if each.rule == "duplicate-row"] if lists else ():
        taken = {other: found[0] for other in lists if (found := graph.taken_from(each, other))}
        rows = {(each.file, line) for line in taken.values()}
        if taken:
            yield [each, *taken, *(other for other in causes if other is not each and (other.file, other.line) in rows)]


def in_a_block(cause: Problem, following: list[Problem]) -> tuple[int, int]:
    """How many rows are wrong by one rule that dragging or pasting breaks, and the last of them: some behind each
    other, or many; none where they are few.
    """
    lines = {each.line for each in (cause, *following) if (each.file, each.rule) == (cause.file, cause.rule)}
    run = next(number for number in range(1, len(lines) + 2) if cause.line + number not in lines)
    many = len(lines) > MANY or (run >= MANY_OF_A_FORM and run * 2 > len(lines))
    return (len(lines), max(lines)) if cause.rule in _OF_SHIFTS and many else (0, 0)


def _dragged(causes: Causes) -> Causes:
    """Causes with those that a rule finds in one column of rows that follow each other taken together: a cell was
    dragged down over them, as it is or counting on, or a block was pasted a row too low.
    """
    wrong = {(each.file, each.line) for each in causes}
    groups: list[list[Problem]] = []
    for each in sorted(causes, key=lambda each: (each.file, each.field, each.rule, each.line)):
        if groups and _further_down(groups[-1][-1], each, wrong):
            groups[-1].append(each)
        else:
            groups.append([each])
    return together(causes, (each for each in groups if len(each) >= MANY_OF_A_FORM or each[0].rule == "blank-row"))


def _further_down(one: Problem, other: Problem, wrong: set[tuple[str, int]]) -> bool:
    """Whether a cause is one with another above it: in the same column, of the same words or of a rule that a shifted
    block breaks, and no row between is right.
    """
    if (one.file, one.field, one.rule) != (other.file, other.field, other.rule):
        return False
    same = one.line + 1 == other.line and one.details == other.details and (other.details or other.rule == "blank-row")
    block = other.rule in _OF_SHIFTS and all((one.file, line) in wrong for line in range(one.line + 1, other.line))
    return bool(same) or block


def alike(causes: Causes) -> Causes:
    """Causes with those of a rule in one column taken together where they are many."""
    groups: defaultdict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for each in sorted(causes):
        whole = not each.line or each.rule in ("byte-order-mark", "carriage-return")
        place = (each.rule, "") if whole else (each.file, "" if each.rule == "garbled" else each.field)
        groups[each.rule, *place].append(each)
    return together(causes, (each for each in groups.values() if _are_many(each)))


def _are_many(group: list[Problem]) -> bool:
    if group[0].rule in _FEW_TELL:
        return len(group) >= MANY_OF_A_FORM
    most = MANY_OF_A_FORM if group[0].rule in forms() | _OF_WHOLE_ROWS else MANY
    return len(group) > most and group[0].rule not in ("bad-descriptor", "stray-file")


def _replaced(causes: Causes, graph: Graph) -> Iterable[list[Problem]]:
    """The causes of a table that are one change made many times: a find-and-replace, a value put into many cells."""
    groups: defaultdict[Hashable, list[Problem]] = defaultdict(list)
    for each in sorted(causes):
        if done := _change(each, graph):
            groups[each.rule, each.file, done].append(each)
    for group in groups.values():
        alike_in = Counter(other.rule for each in group for other in (each, *causes[each]))
        if alike_in[group[0].rule] >= MANY_OF_A_FORM:
            yield group


def _change(each: Problem, graph: Graph) -> Hashable:
    """What was done to a cell: which words of its clause became which others; else what stands there now, and what is
    meant. None where nothing can be told.
    """
    value = str(each.facts.get("value") or graph.cell(each))
    if each.rule in _TOLD_BY:  # what stands in the clause is as it was
        return None
    if each.rule in _COPIED:
        return substitution(value, graph.clause_text(each))
    return (value, each.facts.get("meant") or each.facts.get("printed")) if value and each.file[-4:] == ".csv" else None


def replaced(cause: Problem, following: list[Problem], graph: Graph) -> tuple[str, str] | None:
    """That the cells of a cause were changed at once, in both languages; None where they weren't."""
    done = _change(cause, graph)
    count = 1 + sum(each.rule == cause.rule and _change(each, graph) == done for each in following)
    if done is None or count < MANY_OF_A_FORM:
        return None
    zh, en = f"同样的改动共 {count} 处", f"The same was done to {count} cells"
    if cause.rule in _COPIED and isinstance(done, tuple):
        zh, en = f"{zh}，原文的“{done[0]}”成了“{done[1]}”", f"{en}: “{done[0]}” became “{done[1]}”"
    return f"{zh}：多半是一次查找替换或成批填写，一起改回。", f"{en}, probably by find-and-replace: take it back."


def out_of_place(cause: Problem, following: list[Problem], graph: Graph) -> bool:
    """Whether most filled cells of the column of a cause are wrong by themselves, or as many as a rule can tell."""
    if cause.rule in _OF_CHAINS | _OF_MARKS:
        return False
    if cause.rule in _FEW_TELL and sum(each.rule == cause.rule for each in following) + 1 >= MANY_OF_A_FORM:
        return True
    lines = {each.line for each in (cause, *following) if (each.file, each.field) == (cause.file, cause.field)}
    return len(lines) > MANY and len(lines) * 2 > graph.filled(cause)


def _of_columns(causes: Causes, graph: Graph) -> Iterable[list[Problem]]:
    """Behind the cause of many cells of a column, all else that is wrong in it; where they are most of its cells, also
    what else is wrong in the table and in rows that lead to it. Tables that others lead to come last.
    """
    leaders: dict[str, Problem] = {}
    for each in sorted(causes, key=lambda each: (-len(causes[each]), each)):
        if graph.filled(each) and len(causes[each]) >= MANY:
            leaders.setdefault(each.file, each)
    for leader in sorted(leaders.values(), key=graph.place, reverse=True):
        whole = out_of_place(leader, causes[leader], graph)
        yield [leader, *(each for each in causes if each is not leader and _beside(each, leader, whole, graph))]


def _beside(each: Problem, leader: Problem, whole: bool, graph: Graph) -> bool:
    """Whether a cause may be one with that of many cells of a column, or of the whole column."""
    if each.file == leader.file:
        return whole or each.field == leader.field
    return whole and rank(each) >= rank(leader) and graph.about(each, leader)


def _of_blocks(causes: Causes, graph: Graph) -> Iterable[list[Problem]]:
    """What is missing because a table was emptied, what is missing or stands twice because rows behind each other were
    deleted or pasted. What a plan that is being read has no rows for yet is told one by one.
    """
    groups: defaultdict[Hashable, list[Problem]] = defaultdict(list)
    gone: Counter[str] = Counter()
    for each in sorted(causes, key=lambda each: (each.file, each.line, each.facts.get("id", ""), each)):
        if each.rule in _TOLD_BY and graph.unread(each):
            continue
        if each.rule in _UNTOLD and emptied(each, graph):
            groups[each.file].append(each)
        elif each.rule in _UNTOLD and graph.behind_all(each, "targets"):
            groups[each.file, graph.kind(each)].append(each)
        elif each.rule == "unit-not-accounted":
            groups[each.file, graph.last_responsible(each)].append(each)
        elif each.rule == "id-missing":
            gone[each.file] += 1
            groups[each.file, number_of(each.facts["id"]) - gone[each.file]].append(each)
        elif each.rule in ("duplicate-key", "duplicate-row"):
            groups[each.file, each.rule, each.line - int(each.facts["first"])].append(each)
    yield from groups.values()


def emptied(cause: Problem, graph: Graph) -> str:
    """The file without rows in which all that a cause misses should stand; "" where there is none."""
    return graph.empty_file(cause, _TOLD_BY.get(cause.rule, ()))
