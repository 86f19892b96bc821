"""Codes with their words, read from the schemas: no word stands here.

Comes in: the fields of the contract; in `categories` (Data Package v2) of plan.json, registry.json,
observations.json, derived.json and flat.json each code has its words in both languages and, for comparators, its sign.
Goes out: Codes. Pages, downloads, charts, database and dictionary all read them through this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from openplans.schema import contract
from openplans.schema.shapes import Field, Resource


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a column with its words; `sign` is what stands before a number, "" where nothing does."""

    value: str
    name_zh: str
    name_en: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class ForeignId:
    """A column whose values are ids of another package's table."""

    table: str
    column: str
    to_table: str
    to_column: str


def of_field(field: Field) -> dict[str, Code]:
    """The codes of a field in the order of the schema; none where any value may stand."""
    return {
        each["value"]: Code(each["value"], each["label"], each["label_en"], each.get("sign", ""))
        for each in field.get("categories", ())
    }


@cache
def codes(table: str, column: str) -> Mapping[str, Code]:
    """The codes of a column of a table: of a package, derived or flat; KeyError where there is no such column."""
    return of_field(contract.fields(_tables()[table])[column])


@cache
def signs() -> Mapping[str, str]:
    """What stands before a number for each comparator."""
    return {value: code.sign for value, code in codes("targets", "comparator").items()}


@cache
def references() -> tuple[ForeignId, ...]:
    """Every column that leads to another package, which a foreign key of a data package cannot."""
    return tuple(
        ForeignId(table, name, field["refersTo"]["resource"], field["refersTo"]["field"])
        for table, resource in _tables().items()
        for name, field in contract.fields(resource).items()
        if "refersTo" in field
    )


@cache
def _tables() -> dict[str, Resource]:
    stored = (table for kind in get_args(contract.PackageKind) for table in contract.tables(kind).values())
    return {each["name"]: each for each in (*stored, *contract.derived(), *contract.flat().values())}
