"""The contract: which tables each kind of package has, with which columns.

Comes in: the hand-written schemas in openplans/schema/. Goes out: resources, as
a descriptor must carry them. Apart, because a package has to explain itself to
any Frictionless reader: each descriptor carries the whole contract, and
`python -m openplans.schema.contract` (make descriptors) copies it there.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from openplans.paths import Paths
from openplans.schema.shapes import Category, Field, Resource

PackageKind = Literal["registry", "plan", "observations"]

LETTERS = {
    "tasks": "k",
    "targets": "t",
    "projects": "p",
    "baselines": "b",
    "references": "r",
    "attachments": "a",
    "notes": "n",
    "updates": "u",
}
"""The letter in the ids of a plan's rows, by table: 330326-pingyang-2025-t073 is a target."""


@cache
def resources(kind: PackageKind) -> tuple[Resource, ...]:
    """The resources of a package of this kind, tables and plain files, in their order."""
    return tuple(_load(kind)["resources"])


@cache
def descriptor_schema(kind: PackageKind) -> dict[str, Any]:
    """JSON Schema of the descriptor's own properties (title, region, dates and so on)."""
    properties: dict[str, Any] = _load(kind)["descriptor"]
    return properties


@cache
def derived() -> tuple[Resource, ...]:
    """What the build works out of the rows, as tables in their order: no package holds them, the database does."""
    return tuple(_coded(each) for each in _load("derived")["resources"])


@cache
def flat() -> dict[str, Resource]:
    """The flat tables for people as resources, by name: no package holds them, they are made for taking away. What a
    column of codes means is that list of codes with their words."""
    return {each["name"]: _coded(each, described=True) for each in _load("flat")["resources"]}


@cache
def all_packages() -> dict[str, Any]:
    """The descriptor's own properties of all packages as one."""
    about: dict[str, Any] = _load("all")["descriptor"]
    return about


def file_titles(name: str) -> tuple[str, str]:
    """What a download that is no table of a package is called, in Chinese and in English."""
    zh, en = _load("all")["files"][name]
    return zh, en


def tables(kind: PackageKind) -> dict[str, Resource]:
    """The tabular resources of a kind by name."""
    return {each["name"]: each for each in resources(kind) if "schema" in each}


def fields(resource: Resource) -> dict[str, Field]:
    """The fields of a tabular resource by name, in column order."""
    return {field["name"]: field for field in resource["schema"]["fields"]}


def kind_of(folder: Path, paths: Paths) -> PackageKind:
    """The kind of the package in `folder`, by where it stands."""
    if folder == paths.registry:
        return "registry"
    return "observations" if folder == paths.observations else "plan"


def descriptor_text(descriptor: dict[str, Any]) -> str:
    """A descriptor as it is written: stable, readable, one final newline."""
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _coded(resource: Resource, described: bool = False) -> Resource:
    """A table that no package holds, with the codes of each column as its `enum` too; `described`: their words as what
    the column means, where it says nothing else."""
    fields = [_coded_field(each, described) for each in resource["schema"]["fields"]]
    return {**resource, "schema": {**resource["schema"], "fields": fields}}


def _coded_field(field: Field, described: bool) -> Field:
    """A column with its codes: its own, or those of the column that `categoriesOf` names."""
    shared = field.get("categoriesOf")
    found = _categories(shared["resource"], shared["field"]) if shared else field.get("categories")
    if not found:
        return field
    coded: Field = {**field, "categories": found, "constraints": {"enum": [each["value"] for each in found]}}
    coded.pop("categoriesOf", None)
    if described:
        coded.setdefault("description", "、".join(f"{each['value']} {each['label']}" for each in found))
        coded.setdefault("description_en", "; ".join(f"{each['value']}: {_within(each['label_en'])}" for each in found))
    return coded


def _categories(table: str, column: str) -> list[Category]:
    """The codes that a column of any table has of its own."""
    for name in (*get_args(PackageKind), "derived", "flat"):
        for resource in _load(name)["resources"]:
            if resource["name"] == table:
                return fields(resource)[column]["categories"]
    raise KeyError(table)


def _within(label: str) -> str:
    """An English word as it stands within a sentence."""
    return label[0].lower() + label[1:]


@cache
def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def main(root: Path) -> None:
    """Write the contract's resources into every descriptor below `root`; all else in them stays."""
    paths = Paths.of(root)
    for path in sorted(paths.datapackages.rglob("datapackage.json")):
        descriptor = json.loads(path.read_text(encoding="utf-8"))
        descriptor["resources"] = list(resources(kind_of(path.parent, paths)))
        path.write_text(descriptor_text(descriptor), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
