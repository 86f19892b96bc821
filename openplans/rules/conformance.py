"""A package -> what Frictionless and JSON Schema say of it, kept as long as nothing of it changed.

Comes in: a Package as read. Goes out: Findings, plain values by table, row and column. Frictionless judges the cells
by the schema that the descriptor carries, as any other reader of the package would; what it says is kept by the hash of
the cells, the contract and its own version, table by table. Apart, because both libraries are slow to load and know no
words of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from openplans.packages import judgements
from openplans.packages.read import Package
from openplans.paths import Paths
from openplans.schema import contract
from openplans.schema.shapes import Resource

WHOLE = "*"
"""The name of the part that is all of a package, so that one that did not change is not taken apart."""

MOST_ERRORS = 100_000
"""Frictionless stops after 1000 errors unless told otherwise; all are to be listed."""

KEYS = "-keys"
"""The tables of nothing but keys in which Frictionless looks foreign keys up: it copies a table for each look."""

_JUDGED = ("name", "type", "format", "constraints")
"""What Frictionless needs of a field; titles and descriptions only cost it time."""


@dataclass(frozen=True)
class Violation:
    """What is wrong with a cell (`row` counts the rows from 0), or with a property of the descriptor (`table` is "").

    `kind` is the type of the schema's error: a constraint ("required"), "type", "primary-key", "foreign-key", or a
    keyword of JSON Schema.
    """

    table: str
    row: int
    column: str
    kind: str
    value: str


def conformance(package: Package, paths: Paths) -> list[Violation]:
    """What the schema says of a package; from the store what it says of a descriptor, or of a table and those its keys
    lead to, that are the ones that were judged."""
    parts = judgements.load(paths, package.folder.name, _key(package.kind)) or []
    kept = {part: (key, found) for part, key, found in parts}
    if kept.get(WHOLE, ("", []))[0] == package.digest:
        return [Violation(*each) for each in kept[WHOLE][1]]
    wanted = _parts(package)
    known = {part: kept[part][1] for part, key in wanted.items() if kept.get(part, ("",))[0] == key}
    judged = _judged(package, [part for part in wanted if part not in known])
    found = {part: [Violation(*each) for each in known[part]] if part in known else judged[part] for part in wanted}
    every = list(dict.fromkeys(each for part in found.values() for each in part))
    stored = [(part, wanted[part], [astuple(each) for each in found[part]]) for part in wanted]
    whole = (WHOLE, package.digest, [astuple(each) for each in every])
    judgements.store(paths, package.folder.name, _key(package.kind), [whole, *stored])
    return every


@cache
def _key(kind: str) -> str:
    """The hash of what judges a package of a kind."""
    schemas = [contract.descriptor_schema(kind), contract.resources(kind)]
    judges = [judgements.release(each) for each in ("frictionless", "jsonschema")]
    return judgements.key([schemas, judges, Path(__file__).read_text(encoding="utf-8")])


def _parts(package: Package) -> dict[str, str]:
    """The hash of all that the judgement on each part of a package depends on: its descriptor is called ""."""
    tables = contract.tables(package.kind)
    ids = {name: judgements.key(row[0] for row in table.cells) for name, table in package.tables.items()}
    found = {"": judgements.key([package.descriptor])}
    for name in tables:
        if rows := _rows(package, name):
            lead_to = [each["reference"]["resource"] or name for each in tables[name]["schema"].get("foreignKeys", [])]
            found[name] = judgements.key([rows, [[each, ids.get(each)] for each in lead_to]])
    return found


def _judged(package: Package, parts: list[str]) -> dict[str, list[Violation]]:
    """What the schema says of these parts of a package."""
    found: dict[str, list[Violation]] = {part: [] for part in parts}
    if "" in found:
        found[""] = list(_of_descriptor(package))
    for each in _of_tables(package, [part for part in parts if part]) if any(parts) else ():
        found[each.table].append(each)
    return found


def _of_descriptor(package: Package) -> Iterator[Violation]:
    import jsonschema

    if not package.descriptor:
        return
    validator = jsonschema.Draft202012Validator(
        contract.descriptor_schema(package.kind), format_checker=jsonschema.FormatChecker()
    )
    for error in validator.iter_errors(package.descriptor):
        names = _names(error)
        for name in names:
            path = "/".join([*map(str, error.absolute_path), *([name] if name else [])])
            value = error.instance if isinstance(error.instance, str | int) else error.validator_value
            yield Violation("", 0, path, str(error.validator), str(value)[:200])


def _names(error: Any) -> list[str]:
    """The properties that a JSON Schema error is about and its path does not name: those missing, those not known."""
    if error.validator == "required":
        return [name for name in error.validator_value if name not in error.instance]
    if error.validator == "additionalProperties":
        return [name for name in error.instance if name not in error.schema.get("properties", {})]
    return [""]


def _of_tables(package: Package, names: list[str]) -> Iterator[Violation]:
    """Table by table, and those with rows only: to judge a package whole, Frictionless takes four times as long, for it
    first judges the contract anew, of every table, and the tables of keys as well."""
    import frictionless

    tables = contract.tables(package.kind)
    resources = [_resource(tables[name], package) for name in names]
    referred = {
        key["reference"]["resource"][: -len(KEYS)] for each in resources for key in each["schema"]["foreignKeys"]
    }
    keys = [_keys(tables[name], package) for name in sorted(referred)]
    judge = frictionless.Package.from_descriptor({"name": "package", "resources": resources + keys})
    for resource in judge.resources[: len(resources)]:
        for task in resource.validate(limit_errors=MOST_ERRORS).tasks:
            for error in task.errors:
                yield from _violations(error, task.name)


def _rows(package: Package, name: str) -> list[list[str]]:
    """The cells of a table, row by row; none where it could not be read."""
    return package.tables[name].cells if name in package.tables else []


def _resource(table: Resource, package: Package) -> dict[str, Any]:
    """A table for Frictionless, without the foreign keys into tables that could not be read."""
    schema = table["schema"]
    fields = [{name: value for name, value in field.items() if name in _JUDGED} for field in schema["fields"]]
    keys = []
    for key in schema.get("foreignKeys", []):
        to = key["reference"]["resource"] or table["name"]
        if to in package.tables:
            keys.append({"fields": key["fields"], "reference": {**key["reference"], "resource": to + KEYS}})
    names = [field["name"] for field in schema["fields"]]
    lean = {"fields": fields, "primaryKey": schema["primaryKey"], "missingValues": schema["missingValues"]}
    rows = [names, *package.tables[table["name"]].cells]
    return {"name": table["name"], "data": rows, "schema": {**lean, "foreignKeys": keys}}


def _keys(table: Resource, package: Package) -> dict[str, object]:
    """The first column of a table, which is its id: what keys lead to."""
    field = table["schema"]["fields"][0]
    rows = [[field["name"]], *([row[0]] for row in package.tables[table["name"]].cells)]
    return {
        "name": table["name"] + KEYS,
        "data": rows,
        "schema": {"fields": [{"name": field["name"], "type": "string"}]},
    }


def _violations(error: Any, table: str) -> Iterator[Violation]:
    """A Frictionless error as Violations. Its errors about the form of a file are left out, which `read` has judged."""
    row = error.row_number - 2
    kind = error.type
    if kind == "constraint-error":
        name = error.note.split('"')[1]
        yield Violation(table, row, error.field_name, name, error.cell or "")
    elif kind == "type-error":
        yield Violation(table, row, error.field_name, "type", error.cell)
    elif kind == "foreign-key":
        yield Violation(table, row, error.field_names[0], "foreign-key", ", ".join(map(str, error.field_cells)))
    elif kind == "primary-key" and "same as" in error.note:  # an empty key is a constraint's to report
        yield Violation(table, row, "", "primary-key", "")
