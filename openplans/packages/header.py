"""The first row of a table: are its columns the contract's?

Comes in: the cells of the first row and the resource. Goes out: at most one Problem, that of the cause. Apart, because
a first row goes wrong in ways of its own: Chinese titles, another separator, no header at all.
"""

from __future__ import annotations

from typing import Any

from openplans.problems import Problem, problem
from openplans.schema import contract
from openplans.schema.shapes import Resource

SEPARATORS = {
    ";": ("分号", "semicolons"),
    "\t": ("制表符", "tabs"),
    "|": ("竖线", "bars"),
    "，": ("全角逗号", "full-width commas"),
    "；": ("全角分号", "full-width semicolons"),
}
"""What separates cells where it should be a comma, in words."""


def titles(resource: Resource) -> dict[str, str]:
    """The name of each column by what else it is called: its titles in both languages and its name in capitals."""
    known: dict[str, str] = {}
    for name, field in contract.fields(resource).items():
        for other in (field["title"], field["title_en"].lower(), name):
            known.setdefault(other, name)
    return known


def separator_of(line: str, resource: Resource) -> str | None:
    """The separator of a first row that isn't a comma; None where it is one or where none makes names of it."""
    known = titles(resource)
    for mark in SEPARATORS:
        cells = [cell.strip().strip('"').lower() for cell in line.split(mark)]
        if len(cells) > 1 and sum(cell in known for cell in cells) * 2 > len(cells):
            return mark
    return None


def header_problem(header: list[str], resource: Resource, file: str) -> Problem | None:
    """The Problem of a first row; None where it is the contract's."""
    names = list(contract.fields(resource))
    if header == names:
        return None
    facts = {"expected": ",".join(names)}
    if mark := separator_of(",".join(header), resource):
        zh, en = SEPARATORS[mark]
        return problem("wrong-separator", file, 1, 1, found=zh, found_en=en, **facts)
    if sorted(header) == sorted(names):
        return problem("column-order", file, 1, 1, **facts)
    missing = [name for name in names if name not in header]
    strange = [
        (column, name) for column, name in enumerate(header, 1) if name not in names or name in header[: column - 1]
    ]
    if missing and len(missing) * 2 >= len(names) and strange:
        return _lost(header, resource, file, facts)
    if missing:
        column, found = strange[0] if len(strange) == len(missing) else (0, "")
        instead = (f"，第 {column} 列写的是“{found}”", f"; column {column} says “{found}”") if column else ("", "")
        return problem(
            "missing-column", file, 1, column, missing[0], names="、".join(missing), names_en=", ".join(missing),
            instead=instead[0], instead_en=instead[1], **facts,
        )  # fmt: skip
    column, name = strange[0]
    return problem("unknown-column", file, 1, column, name, name=name or "（空）", name_en=name or "(blank)", **facts)


def _table_of(header: list[str], resource: Resource) -> str:
    """The file whose columns a first row has, where it is not the resource's own; "" where there is none."""
    packages = (contract.tables(kind) for kind in ("plan", "registry", "observations"))
    others = (table for tables in packages for table in tables.values() if table["name"] != resource["name"])
    return next((table["path"] for table in others if list(contract.fields(table)) == header), "")


def _lost(header: list[str], resource: Resource, file: str, facts: dict[str, Any]) -> Problem:
    """The Problem of a first row that has hardly a name of the contract: titles instead of names, or data."""
    known = titles(resource)
    if header and (other := _table_of(header, resource)):
        return problem("other-table", file, 1, 1, found=header[0], other=other, table=resource["path"])
    rule = (
        "translated-header"
        if sum(cell.strip().lower() in known for cell in header) * 2 > len(header)
        else "lost-header"
    )
    return problem(rule, file, 1, 1, found=header[0][:20] if header else "", **facts)
