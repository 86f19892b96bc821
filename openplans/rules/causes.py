"""One mistake, one message: what is wrong only because something else is, is folded into its cause.

Comes in: every Problem, and the rows they are about. Goes out: the causes, each with the addresses that follow from it.
A deleted unit breaks every row that uses it, a changed id every row that leads to it, a sorted column every quote. The
data says which: rows are tied by the keys of the contract. Apart, so that a check need not know of any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import PurePosixPath

from openplans.packages.link import World
from openplans.problems import Problem
from openplans.rules.following import Tag, brings, in_folder, in_plan, may_follow
from openplans.rules.ranks import COMPARING, rank
from openplans.rules.renamed import misprinted, renamed, respelt
from openplans.rules.repeated import MANY, MANY_OF_A_FORM, Causes, alike, merged, together
from openplans.rules.ties import Graph, Key, Ties
from openplans.rules.worded import WHOLE_ROW, worded
from openplans.schema import contract

_OF_SIZE = {"figure-impossible", "ten-times-its-series", "ten-times-its-kin", "growth-differs", "share-leaps"}
"""What is said of the size of a figure."""


@dataclass
class _Known:
    """The causes found so far, by all that ties others to them."""

    rows: dict[tuple[str, int], Problem] = field(default_factory=dict)
    keys: dict[Key, Problem] = field(default_factory=dict)
    lost: dict[tuple[str, str], Problem] = field(default_factory=dict)
    missing: dict[Key, Problem] = field(default_factory=dict)
    contained: dict[Key, Problem] = field(default_factory=dict)
    said: dict[Tag, Problem] = field(default_factory=dict)
    anew: dict[tuple[str, str], Problem] = field(default_factory=dict)
    """By package and table: that its rows were numbered anew."""
    astray: frozenset[tuple[str, int]] = frozenset()
    """The rows that are wrong as a whole."""


def gathered(problems: list[Problem], world: World) -> list[Problem]:
    """The causes among the problems, each with what follows from it."""
    graph = Graph(world)
    known = _Known(astray=_astray(problems))
    causes: dict[Problem, list[Problem]] = {}
    for each in sorted(problems, key=_in_turn):
        ties = graph.ties(each)
        cause = _cause(each, ties, known, graph)
        if cause is None:
            causes[each] = []
        else:
            causes[cause].append(each)
        _remember(each, ties, cause or each, known, graph)
    return _beside([(cause, _told(cause, following, graph)) for cause, following in merged(causes, graph).items()])


def _beside(told: list[tuple[Problem, Problem]]) -> list[Problem]:
    """What is told of causes; what is wrong with a row to which another cause was moved follows from that."""
    moved = {_row(each): each for cause, each in told if each.line and _row(cause) != _row(each)}
    found = {each: list(each.follows) for _, each in told}
    for cause, each in told:
        first = moved.get(_row(each))
        if first and first is not each and _row(cause) == _row(each):
            found[first] += [address for address in (each.address, *found.pop(each)) if address not in found[first]]
    return [replace(each, follows=tuple(follows)) for each, follows in found.items()]


def _row(each: Problem) -> tuple[str, int]:
    return each.file, each.line


def _in_turn(each: Problem) -> tuple[object, ...]:
    """What comes first in time first; the order of tasks before that of what belongs to them."""
    later = each.rule == "row-order" and each.file.endswith("/responsibilities.csv")
    return rank(each), each.rule == "missing-file", later, each


def unsaid(since: list[Problem], problems: list[Problem]) -> list[Problem]:
    """What is wrong with the way from a base, less what the problems of the data as it is say already: of the same row,
    of the same id, or of the ids of that file.
    """
    rows = {(each.file, each.line) for each in problems if each.line}
    rows |= {_row_of(address) for each in problems for address in each.follows}
    ids = {each.facts.get("id") for each in problems}
    of_ids = (
        each for each in problems if each.rule in ("duplicate-key", "foreign-id", "text-not-verbatim") or not rank(each)
    )
    keys = {each.file for each in of_ids if each.field in (_own_id(each.file), "text")}
    plans = {each.facts.get("value") for each in problems if each.rule == "folder-differs"}
    plans |= {each.facts["name"] for each in problems if each.rule in ("nested-folder", "stray-file")}
    new = [
        each
        for each in since
        if not (each.line and (each.file, each.line) in rows and each.rule != "column-moved")
        and not (each.rule in ("row-removed", "figure-removed") and (each.facts["id"] in ids or each.file in keys))
        and not (each.rule == "id-reused" and each.file.endswith("/clauses.csv") and each.file in keys)
        and not (each.rule == "plan-removed" and each.facts["plan"] in plans)
    ]
    causes = _numbered_anew(alike({each: [] for each in new})).items()
    return [replace(first, follows=tuple(each.address for each in others)) for first, others in causes]


def with_way(problems: list[Problem], since: list[Problem]) -> list[Problem]:
    """What is wrong with the data as it is, and with the way from a base, each mistake once. A figure that leapt is
    what is wrong with its series, not the figures that stayed; where very many did, or were moved, their column is.
    """
    moved = {(each.file, each.field) for each in since if each.rule == "column-moved"}
    since = [each for each in since if each.rule != "figure-leaps" or (each.file, each.field) not in moved]
    leapt = {each.facts["id"] for each in since if each.rule == "figure-leaps"}
    left = [each for each in problems if not _by_a_leap(each, leapt)]
    return sorted({*left, *(_of_a_column(each) for each in unsaid(since, left))})


def _by_a_leap(each: Problem, leapt: Set[str]) -> bool:
    """Whether a figure is far from its series because others leapt, or is doubted where all did."""
    if len(leapt) > MANY:
        return each.rule in _OF_SIZE
    others = each.facts["others"].split() if each.rule == "ten-times-its-series" else ()
    return each.facts.get("id") not in leapt and not leapt.isdisjoint(others)


def _of_a_column(each: Problem) -> Problem:
    """Figures that leapt with the word that their column is out of place, where very many did."""
    if each.rule != "figure-leaps" or len(each.follows) < MANY:
        return each
    return each.advised(
        f"这样的共 {len(each.follows) + 1} 格：这一列多半被单独排过序、错开了一行或被程序改过，恢复整列。",
        f"So are {len(each.follows) + 1} cells: the column was probably sorted by itself, is a row off or was changed "
        "by a program: bring it back as a whole.",
    )


def _row_of(address: str) -> tuple[str, int]:
    """The file and the line of an address."""
    file, line, _ = address.rsplit(":", 2)
    return file, int(line)


def _numbered_anew(causes: Causes) -> Causes:
    """Causes with the rows that are gone from a table of which many ids are others' taken to those: a row was deleted,
    and the rest was numbered through.
    """
    groups: dict[str, list[Problem]] = {}
    for each in causes:
        if each.rule == "id-reused":
            groups.setdefault(each.file, []).append(each)
    anew = {
        file: reused
        for file, reused in groups.items()
        if len(reused) + sum(len(causes[each]) for each in reused) >= MANY_OF_A_FORM
    }
    gone = [each for each in causes if each.rule == "row-removed" and each.file in anew]
    return together(causes, ([*anew[each.file], each] for each in gone))


def _own_id(file: str) -> str:
    """The column of a table that holds a row's own id."""
    tables = {**contract.tables("observations"), **contract.tables("plan")}
    table = tables.get(PurePosixPath(file).stem)
    return table["schema"]["primaryKey"][0] if table else ""


def _astray(problems: list[Problem]) -> frozenset[tuple[str, int]]:
    """The rows with so many cells of wrong form that the row is what is wrong."""
    cells = {(each.file, each.line, each.field) for each in problems if each.line and each.field and not rank(each)}
    rows = Counter((file, line) for file, line, _ in cells if not file.endswith(".json"))
    return frozenset(row for row, count in rows.items() if count >= WHOLE_ROW)


def _cause(each: Problem, ties: Ties, known: _Known, graph: Graph) -> Problem | None:
    """The known cause from which a problem follows; None where it is one itself."""
    folder = in_folder(each)
    if ties.missing:
        if ties.missing in known.missing:
            return known.missing[ties.missing]
        if ties.missing[:2] in known.lost and rank(each) > 0:
            return known.lost[ties.missing[:2]]
        if ties.missing[1] == "clauses" and ("text", folder) in known.said:  # a clause that was removed
            return known.said["text", folder]
    of_row = known.rows.get((each.file, each.line)) if each.line else None
    if of_row and (each.file, each.line) in known.astray:
        return of_row
    if of_row and rank(each) and (of_row.rule, of_row.field) != (each.rule, each.field):  # two numbers: two mistakes
        return of_row
    if found := next((known.said[tag] for tag in may_follow(each, ties, graph) if tag in known.said), None):
        return found
    if each.rule == "accepted-needless":  # what it sets aside is said no more where its row is in doubt
        found_in = chain(
            (known.contained.get(key) or known.missing.get(key) for key in sorted(ties.own)),
            (known.said.get((tag, folder)) for tag in ("anew", "empty")),
            [known.said.get(("ill-formed", each.file))] * (each.facts["accepted"] in COMPARING),
            (known.keys.get(key) for key in sorted(ties.to)),
        )
        return next(filter(None, found_in), None)
    if of_table := next((known.anew[key[:2]] for key in sorted(ties.own | ties.to) if key[:2] in known.anew), None):
        return of_table
    if rank(each) < 3:
        return None
    if each.rule == "rank-differs" and (key := next((key for key in sorted(ties.to) if key in known.contained), None)):
        return known.contained[key]  # a unit of the task's list is missing
    for key in sorted(ties.to | ties.own):
        if key in known.keys or key in known.missing:
            return known.keys.get(key) or known.missing[key]
    return next((known.contained[key] for key in sorted(ties.of | ties.against) if key in known.contained), None)


def _remember(each: Problem, ties: Ties, cause: Problem, known: _Known, graph: Graph) -> None:
    """Let others be tied to a problem; what follows from it has its cause."""
    known.rows.setdefault((each.file, each.line), cause)
    if not rank(each):  # rows that are held against it say nothing now
        known.said.setdefault(("ill-formed", each.file), cause)
    if ties.missing:
        known.missing.setdefault(ties.missing, cause)
    for tag in brings(each, graph):
        known.said.setdefault(tag, cause)
    if each.rule == "id-missing":
        table = in_plan(each), PurePosixPath(each.file).stem
        known.missing.setdefault((*table, each.facts["id"]), cause)
        if graph.renumbered(each):
            known.anew.setdefault(table, cause)
    if each.rule == "no-rows":
        known.lost.setdefault((in_plan(each), each.facts["name"]), cause)
    of_registry = any(key[0] == graph.registry for key in ties.own)
    whole = (
        "duplicate-key",
        "text-not-verbatim",
        "unit-factor",
        "unit-of-law",
        "concept-unit-differs",
        "organization-id-differs",
        "nature-differs",
        "definition-unlike-name",
    )
    # The name by which rows are told to be of it.
    named = each.rule in ("wrong-language", "name-twice") and each.field == "name_zh"
    displaced = each.rule == "task-title-not-in-clause" and graph.titled_elsewhere(each)
    if each.rule in whole or named or displaced or (of_registry and not rank(each)):
        known.keys.update(dict.fromkeys(ties.own, cause))
    if each.rule == "text-not-verbatim":
        known.keys.update(dict.fromkeys(graph.untrue(each), cause))
    if (rank(each) == 0 or each.rule == "foreign-id") and graph.is_key(each):
        known.lost.setdefault(graph.table(each), cause)
        known.said.setdefault(("changed", each.file), cause)
    known.contained.update(dict.fromkeys(ties.own, cause))


def _told(cause: Problem, following: list[Problem], graph: Graph) -> Problem:
    """A cause with the addresses of what follows from it, one for each row; moved to where a missing row should be."""
    places: dict[tuple[str, int], str] = {}
    for each in sorted(following, key=lambda each: (each.file, each.line, rank(each), each)):
        places.setdefault((each.file, each.line), each.address)
    if cause.rule in ("renamed-file", "source-changed"):
        places = {place: each for place, each in places.items() if place[1]}
    places.pop((cause.file, cause.line), None)
    ties = graph.ties(cause)
    same = [each for each in following if ties.missing and graph.ties(each).missing == ties.missing]
    if found := respelt(cause, graph):
        file, row = found
        told = cause.advised(
            f"文件里印的是“{cause.facts['name']}”，登记的“{row['name']}”却没有一处用到：多半是它写错了，改正它。",
            f"The document prints it; nothing is called “{row['name']}” as registered: mend that.",
        )
        follows = (cause.address, *places.values())
        return replace(told, file=file, line=row.line, column=2, field="name", follows=follows)
    misread = misprinted([cause, *same], graph)
    if not misread and (now := renamed(ties.missing, graph.world)):
        (file, row), missing = now, ties.missing[2] if ties.missing else ""
        key, called = next(iter(row)), row.get("name_zh", row["name_en"])
        told = cause.advised(
            f"“{called}”的 {key} 现在写作 {row[key]}，没有一处用到：改回 {missing}。",
            f"The {key} of {called} is {row[key]} now, which nothing uses: make it {missing} again.",
        )
        follows = (cause.address, *places.values())
        return replace(told, file=file, line=row.line, column=1, field=key, follows=follows)
    of_one_table = len({each.file for each in (cause, *same)}) == 1
    if (len(same) < 2 and of_one_table) or misread:
        return replace(worded(cause, following, graph), follows=tuple(places.values()))
    moved = cause.advised(
        f"这一行多半被删去或改过，先恢复它；用到它的第一处是 {cause.address}。",
        f"Its row was probably removed or changed: bring it back; the first that uses it is {cause.address}.",
    )
    return replace(moved, file=graph.file(ties.missing), line=0, column=0, follows=(cause.address, *places.values()))
