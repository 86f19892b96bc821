"""Proposals and decisions as files: `draft/<table>.csv` beside the tables of a plan.

Comes in: a plan's folder. Goes out: typed rows, and files written in one step each. Apart, because the command line and
the desk write the same files, and a file half written must never be read. Knows no rules.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openplans.packages import cells
from openplans.packages.link import World, link
from openplans.packages.read import DRAFT, Row, read_project, read_registry
from openplans.packages.write import csv_text
from openplans.paths import Paths
from openplans.problems import Problem
from openplans.schema import contract
from openplans.schema.shapes import Field

if TYPE_CHECKING:
    from openplans.drafting.new_plan import NewPlan

ADDED = ("confidence", "rule", "origin")
"""The columns that a proposal has besides those of its table."""

TABLES = ("tasks", "responsibilities", "targets", "baselines", "projects", "references", "attachments", "notes")
"""The tables of a plan that proposals are for, in the order in which rows refer to one another."""

REGISTRY = ("regions", "organizations", "organization_names", "units")
"""The tables of the registry that proposals are for."""

DECISIONS = "decisions.csv"
DECISION_COLUMNS = ("number", "action", "table", "proposal", "row_id", "reason", "before")

Draft = dict[str, list[Row]]
"""Proposals by table."""


def world_of(paths: Paths, plan: str = "") -> World:
    """The registry, and one plan where it is named."""
    return read_world(paths, plan)[0]


def read_world(paths: Paths, plan: str = "") -> tuple[World, list[Problem]]:
    """The same with what reading it found wrong."""
    project, problems = read_project(paths, (plan,)) if plan else read_registry(paths)
    return link(project), problems


def fields(table: str) -> dict[str, Field]:
    """The fields of a table that proposals are for."""
    kind: contract.Kind = "registry" if table in REGISTRY else "plan"
    return contract.fields(contract.tables(kind)[table])


def columns(table: str) -> tuple[str, ...]:
    """The columns of a file of proposals: the table's, then how sure the proposal is, what made it, and from where
    it came.
    """
    return (*fields(table), *ADDED)


def key(table: str, row: Mapping[str, Any]) -> str:
    """What a proposal is called: its id, or the columns of its key."""
    names = {"responsibilities": ("task_id", "org_id"), "organization_names": ("name",)}.get(table)
    return "/".join(str(row[name]) for name in names) if names else str(row[next(iter(fields(table)))])


def read_draft(folder: Path) -> Draft:
    """The proposals of a plan; a table without any is empty."""
    return {table: _read(folder / DRAFT / f"{table}.csv", table) for table in (*REGISTRY, *TABLES)}


def _read(path: Path, table: str) -> list[Row]:
    if not path.exists():
        return []
    known = fields(table)
    rows = []
    for number, record in enumerate(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")), 2):
        row = Row({name: cells.value(record.get(name) or "", field) for name, field in known.items()})
        row.update({name: record.get(name) or "" for name in ADDED})
        row.line = number
        rows.append(row)
    return rows


def draft_files(draft: Draft) -> dict[str, str]:
    """The files of proposals by name; a table without any has no file (None is what `write` removes)."""
    return {f"{DRAFT}/{table}.csv": csv_text(columns(table), rows) if rows else "" for table, rows in draft.items()}


def decisions(folder: Path) -> list[dict[str, str]]:
    """What was decided, in order."""
    path = folder / DRAFT / DECISIONS
    if not path.exists():
        return []
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def decisions_text(rows: Iterable[Mapping[str, str]]) -> str:
    """The file of decisions."""
    return csv_text(DECISION_COLUMNS, rows)


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files of a folder, each in one step; "" removes one."""
    # Encoded before anything is written: what can't be leaves every file as it was.
    for name, data in {name: text.encode("utf-8") for name, text in files.items()}.items():
        path = folder / name
        if not data:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)


def revision(folders: Iterable[Path]) -> str:
    """What the files of some folders are now: it changes with any of them, whoever writes."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted([*folder.glob("*.csv"), *folder.glob("*.json"), *(folder / DRAFT).glob("*.csv")]):
            digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def lay_out(folder: Path, made: NewPlan) -> None:
    """Write the files of a new plan, and the regions that the registry lacks as proposals."""
    rows = [Row(each, confidence="0.90", rule="region", origin="build.py new") for each in made.regions]
    write(folder, {**made.files, **(draft_files({"regions": rows}) if rows else {})})
