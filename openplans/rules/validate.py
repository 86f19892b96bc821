"""The schema's report and the checks -> Problems.

Comes in: a linked project. Goes out: every Problem, sorted by place. Frictionless
judges each package by the schema that its own descriptor carries, as any other
reader of the package would; the checks judge what a schema cannot say.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frictionless
import jsonschema
from frictionless import errors as fe

from openplans import rules
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.problems import Problem, problem
from openplans.rules.hits import Hit
from openplans.schema import contract

ACCEPTED_SEPARATOR = ":"

MOST_ERRORS = 100_000
"""Frictionless stops after 1000 errors unless told otherwise; all are to be listed."""

_CODES: dict[type[fe.Error], str] = {
    fe.TypeError: "wrong-type",
    fe.PrimaryKeyError: "duplicate-key",
    fe.ForeignKeyError: "broken-reference",
}
"""Frictionless' errors by the rule that words them. Its others are about the form of a file, which `read` has judged."""

_CONSTRAINTS = {"required": "required", "enum": "not-in-list", "pattern": "wrong-form", "minimum": "wrong-form"}
"""The constraints of the contract by the rule that words them."""


def validate(world: World) -> list[Problem]:
    """Every Problem of the project, in order of file and line. Plans that cannot be read are left to `read`."""
    project = world.project
    found: list[Problem] = []
    checkable: list[Package] = []
    for package in project.packages:
        descriptor_problems = list(_descriptor_problems(package)) if package.descriptor else []
        if package.sound and not any(each.rule == "bad-descriptor" for each in descriptor_problems):
            checkable.append(package)
        found.extend(descriptor_problems)
        found.extend(_schema_problems(package))
    if project.registry in checkable:
        for code, check in rules.PROJECT_CHECKS.items():
            found.extend(hit.problem(code, package) for package, hit in check(world))
        for package in checkable[1:]:
            found.extend(_content_problems(world, package))
    return sorted(set(found))


def _descriptor_problems(package: Package) -> Iterator[Problem]:
    validator = jsonschema.Draft202012Validator(
        contract.descriptor_schema(package.kind), format_checker=jsonschema.FormatChecker()
    )
    for error in validator.iter_errors(package.descriptor):
        path = "/".join(map(str, error.absolute_path)) or "datapackage"
        yield problem("bad-descriptor", package.file, field=path, detail=error.message[:200])
    if package.descriptor.get("resources") != list(contract.resources(package.kind)):
        yield problem("schema-differs", package.file, field="resources", kind=package.kind)


def _schema_problems(package: Package) -> Iterator[Problem]:
    """What Frictionless says of the tables that could be read."""
    descriptor = {
        "name": "package",
        "resources": [
            _readable(each, package)
            for each in contract.tables(package.kind).values()
            if each["name"] in package.tables
        ],
    }
    report = frictionless.Package.from_descriptor(descriptor, basepath=str(package.folder)).validate(
        limit_errors=MOST_ERRORS
    )
    for task in report.tasks:
        fields = contract.fields(contract.tables(package.kind)[task.name])
        for error in task.errors:
            yield _worded(error, package.tables[task.name].file, fields)


def _readable(resource: dict[str, Any], package: Package) -> dict[str, Any]:
    """A resource without the foreign keys into tables that could not be read: their own problem is enough."""
    keys = [
        key
        for key in resource["schema"].get("foreignKeys", [])
        if key["reference"]["resource"] in ("", *package.tables)
    ]
    return {**resource, "schema": {**resource["schema"], "foreignKeys": keys}}


def _worded(error: fe.Error, file: str, fields: dict[str, dict[str, Any]]) -> Problem:
    if isinstance(error, fe.ConstraintError):
        field = fields[error.field_name]
        kind = next(each for each in _CONSTRAINTS if error.note.startswith(f'constraint "{each}"'))
        facts = {
            "allowed": "、".join(field["constraints"].get("enum", [])),
            "meaning_zh": field.get("description") or field["title"],
            "meaning_en": field.get("description_en") or field["title_en"],
        }
        return problem(
            _CONSTRAINTS[kind], file, error.row_number, error.field_number, error.field_name, value=error.cell, **facts
        )
    if isinstance(error, fe.ForeignKeyError):
        return problem(
            _CODES[type(error)],
            file,
            error.row_number,
            *_place(error.field_names[0], fields),
            value=", ".join(map(str, error.field_cells)),
        )
    if isinstance(error, fe.PrimaryKeyError):
        return problem(_CODES[type(error)], file, error.row_number, 1, next(iter(fields)), value=error.cells[0])
    return problem(
        _CODES[type(error)],
        file,
        error.row_number,
        error.field_number,
        error.field_name,
        value=error.cell,
        type=fields[error.field_name]["type"],
    )


def _place(name: str, fields: dict[str, dict[str, Any]]) -> tuple[int, str]:
    """The number of a column, from 1, and its name."""
    return list(fields).index(name) + 1, name


def _content_problems(world: World, package: Package) -> Iterator[Problem]:
    """What the checks say of one package, less what its rows have `accepted` with a reason."""
    own = rules.PLAN_CHECKS if package.kind == "plan" else rules.OBSERVATION_CHECKS
    table = {**own, **rules.REFERENCE_CHECKS}
    needed: set[tuple[int, str]] = set()
    for code, check in table.items():
        for hit in check(world, package):
            if hit.row is not None and code in accepted(hit.row):
                needed.add((id(hit.row), code))
            else:
                yield hit.problem(code, package)
    yield from _needless(package, table, needed)


def accepted(row: Row) -> dict[str, str]:
    """The rules that a row sets aside, each with its reason: "code: reason", several parted by "; "."""
    pairs = (each.split(ACCEPTED_SEPARATOR, 1) for each in row.get("accepted", "").split("; ") if each)
    return {pair[0].strip(): pair[-1].strip() for pair in pairs}


def overrides(world: World) -> int:
    """How many rows set a rule aside."""
    tables = (table for package in world.project.packages for table in package.tables.values())
    return sum(1 for table in tables for row in table.rows if row.get("accepted"))


def _needless(package: Package, table: dict[str, Any], needed: set[tuple[int, str]]) -> Iterator[Problem]:
    """An acceptance that sets nothing aside, or gives no reason, has to go."""
    for each in package.tables.values():
        for row in each.rows:
            for code, reason in accepted(row).items():
                if (id(row), code) not in needed or code not in table or not reason or reason == code:
                    yield Hit(each, row, "accepted", {"accepted": code}).problem("accepted-needless", package)
