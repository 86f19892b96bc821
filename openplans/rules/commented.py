"""Is the remark of a row its own: of what it quotes, told once, and with what it says in the cell for it?

Comes in: a plan. Goes out: notes whose comments are those of others, targets whose note tells of a scope that the cell
for it lacks. Apart from remarks.py, which asks what words a kind admits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at

_CHINESE = re.compile("[\u4e00-\u9fff]{3,}")
"""What an English comment quotes of the document; of two letters, some may be a guess at what is lost."""

_SCOPE = re.compile("范围[^“”，。；]{0,6}“([^“”]+)”")
"""What a note says of whom or where a figure is: 范围承前句“山区海岛县”."""


def note_of_another(world: World, plan: Package) -> Iterator[Hit]:
    """A note's comment is of what the note quotes: it is no other note's, nor has its English Chinese words of another
    note alone.
    """
    table, first = plan.tables["notes"], dict[tuple[str, str], Row]()
    for row in table.rows:
        for column in ("comment_zh", "comment_en"):
            other = first.setdefault((column, row[column]), row)
            if row[column] and other is not row and not _twice(row, other):
                odd, right = (other, row) if column == "comment_en" and _owner(plan, other) else (row, other)
                yield at(table, odd, column, comment=row[column][:40], other=right["note_id"])
            elif column == "comment_en" and (owner := _owner(plan, row)):
                yield at(table, row, column, comment=row[column][:40], other=owner)


def _twice(row: Row, other: Row) -> bool:
    """Whether a note stands twice, which another rule says."""
    return all(row[each] == other[each] for each in ("quote", "comment_zh", "comment_en"))


def _owner(plan: Package, row: Row) -> str:
    """The other note whose words the English comment of a note has, where it has none of its own; "" where it has."""
    words = _CHINESE.findall(row["comment_en"])
    if not words or any(word in _about(plan, row) for word in words):
        return ""
    others = (each for each in plan["notes"] if each is not row)
    return next((each["note_id"] for each in others if any(word in _said(each) for word in words)), "")


def _said(row: Row) -> str:
    return "\n".join(row[each] for each in ("quote", "other_quote", "comment_zh"))


def _about(plan: Package, row: Row) -> str:
    """All that a note is about: its own words and the clauses that it names."""
    clauses = plan.by_id("clauses")
    named = (clauses.get(row[each]) for each in ("clause_id", "other_clause_id"))
    return "\n".join([_said(row), *(each["text"] for each in named if each)])


_OF_A_ROW = re.compile(r"(?<![A-Za-z0-9-])([abckmnprtu][0-9]{3})(?![0-9])")
_SAYING = {
    "targets": ("note", "accepted"), "baselines": ("note", "accepted"), "notes": ("comment_zh", "comment_en"),
    "retired": ("reason",),
}  # fmt: skip
"""The columns whose words may name a row: t064 写“数字乡村”."""


def row_mentioned_unknown(world: World, plan: Package) -> Iterator[Hit]:
    """A row that a remark names is there, or was."""
    there = {row[table.columns[0]] for table in plan.tables.values() for row in table.rows}
    for name, columns in _SAYING.items():
        for row in plan[name]:
            for column in columns:
                for short in _OF_A_ROW.findall(row[column]):
                    if f"{plan.id}-{short}" not in there:
                        yield at(plan.tables[name], row, column, value=short, id=f"{plan.id}-{short}")


def scope_unsaid(world: World, plan: Package) -> Iterator[Hit]:
    """The scope that a note tells of stands in the column for it."""
    for row in plan["targets"]:
        if (told := _SCOPE.search(row["note"])) and not row["scope"]:
            yield at(plan.tables["targets"], row, "scope", words=told[0], meant=told[1])
