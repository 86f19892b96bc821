"""The head of a sheet -> the table that it belongs to, and the column that each of its cells names.

Comes in: the rows of a sheet, and the tables of a package. Goes out: names of tables and of columns. The site's own
lists are known by their columns: some are those of a table, the others derived.
"""

from __future__ import annotations

from collections.abc import Mapping

from openplans.mending.sheets import stem_of
from openplans.packages.header import titles
from openplans.schema import contract
from openplans.schema.shapes import Resource

Tables = Mapping[str, Resource]

FLAT = {
    "targets_named": (
        "targets",
        (
            "target_id",
            "restates",
            "indicator",
            "concept_id",
            "scope",
            "measure",
            "comparator",
            "value",
            "value_max",
            "unit",
            "period_start",
            "period_end",
            "commitment",
            "quote",
            "note",
        ),
    ),
    "responsibilities_named": ("responsibilities", ("task_id", "org_id", "name_in_source", "role", "rank")),
    "tasks_named": ("tasks", ("task_id", "number", "task", "theme_id", "period_start", "period_end")),
    "projects_named": ("projects", ("project_id", "project", "stage", "period_end", "quote")),
}
"""The site's own lists: the table whose rows they show, and the columns that are its own, not derived."""

_CALLED = {("tasks_named", "task"): "title", ("projects_named", "project"): "name"}
"""Columns of the lists that their table calls otherwise."""

CODE = "_code"
"""What a list calls the column of the codes behind that of their words."""


def belongs(name: str, rows: list[list[str]], tables: Tables) -> tuple[int, str]:
    """Where the header of a sheet is, and the table it belongs to; "" where it is none's."""
    named = {**{each: each for each in tables}, **{each["title"]: key for key, each in tables.items()}}
    wanted = named.get(stem_of(name)) or named.get(name.strip())
    for start, row in enumerate(rows[:20]):
        if flat := flat_list(row):
            return start, FLAT[flat][0] if FLAT[flat][0] in tables else ""
        fits = {key: columns_of(row, each) for key, each in tables.items()}
        keyed = [key for key, names in fits.items() if set(keys_of(tables[key])) <= set(names)]
        whole = [key for key in keyed if len(set(fits[key]) - {""}) == len(contract.fields(tables[key]))]
        if wanted in keyed:
            return start, wanted
        if len(whole) == 1:
            return start, whole[0]
    return 0, ""


def flat_list(header: list[str]) -> str:
    """The name of the site's list whose header this is; "" where it is none. An earlier version has fewer columns: most
    of the list's own have to be there, and half of all, which the table itself never has."""
    for name, (_, columns) in FLAT.items():
        fields = contract.fields(contract.flat()[name])
        own, whole = {fields[column]["title"] for column in columns}, {field["title"] for field in fields.values()}
        if len(own & set(header)) * 10 >= 8 * len(own) and len(whole & set(header)) * 2 >= len(whole):
            return name
    return ""


def columns_of(header: list[str], resource: Resource) -> list[str]:
    """The column of the table for each cell of a header; "" for what is none of it. Of a list the codes of a column are
    told apart from its words."""
    if flat := flat_list(header):
        known = {field["title"]: field["name"] for field in contract.flat()[flat]["schema"]["fields"]}
        named = [known.get(cell, "") for cell in header]
        own = {*FLAT[flat][1], *(name + CODE for name in FLAT[flat][1])}
        return [_CALLED.get((flat, name), name) if name in own else "" for name in named]
    known = {_squeezed(title): name for title, name in titles(resource).items()}
    return [known.get(_squeezed(cell), "") for cell in header]


def _squeezed(title: str) -> str:
    """The title of a column without the blanks and line breaks that make it fit its cell."""
    return "".join(title.split()).lower()


def keys_of(resource: Resource) -> list[str]:
    return list(resource["schema"]["primaryKey"])
