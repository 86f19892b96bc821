"""Proposals and decisions as files: `draft/<table>.csv` beside the tables of a plan.

Comes in: a plan's folder. Goes out: typed rows, and files written in one step each. Apart, because the command line and
the desk write the same files, and a file half written must never be read. Knows no rules.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openplans.packages import cells
from openplans.packages.link import World, link
from openplans.packages.read import DRAFT, Row, read_project, read_registry
from openplans.packages.read_csv import csv_error
from openplans.packages.write import csv_text, write_files
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

_SURE = re.compile(r"(?:0?\.[0-9]+|0|1(?:\.0*)?|0\.)?")
"""How sure a proposal is; one that nobody says it of is not sure."""


class Refused(Exception):
    """A decision that can't be carried out, and why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}。{en}.")
        self.zh, self.en = zh, en


def world_of(paths: Paths, plan: str | None = None) -> World:
    """The registry, and one plan where it is named."""
    return read_world(paths, plan)[0]


def read_world(paths: Paths, plan: str | None = None) -> tuple[World, list[Problem]]:
    """The same with what reading it found wrong."""
    project, problems = read_registry(paths) if plan is None else read_project(paths, (plan,))
    return link(project), problems


def fields(table: str) -> dict[str, Field]:
    """The fields of a table that proposals are for."""
    kind: contract.PackageKind = "registry" if table in REGISTRY else "plan"
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
    """The proposals of a plan; a table without any is empty. Refused where something in a file could not be kept: it is
    written anew with every decision.
    """
    return {table: _read(folder / DRAFT / f"{table}.csv", table) for table in (*REGISTRY, *TABLES)}


def _read(path: Path, table: str) -> list[Row]:
    known, rows = fields(table), []
    for line, record in _records(path, columns(table), next(iter(known)))[1:]:
        row = Row({name: cells.value(record.get(name, ""), field) for name, field in known.items()})
        for name, field in known.items():
            if cells.ill_formed(cell := record.get(name, ""), field):
                raise _unkept(path, line, f"{field['title']}“{cell}”写法不对", f"{name} can't be “{cell}”")
        if not _SURE.fullmatch(sure := record.get("confidence", "")):
            raise _unkept(path, line, f"把握“{sure}”不是 0 到 1 的数", f"confidence “{sure}” is no number from 0 to 1")
        row.update({name: record.get(name, "") for name in ADDED})
        row.line = line
        rows.append(row)
    if table in contract.LETTERS:
        _once(path, table, rows)
    return rows


def _records(path: Path, known: Iterable[str], key: str) -> list[tuple[int, dict[str, str]]]:
    """The header and the rows of a file by line, each cell by its column; nothing where there is no file."""
    if not path.exists():
        return []
    try:
        reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        lines = [(reader.line_num, row) for row in reader if any(row)]
    except UnicodeDecodeError:
        raise _unkept(path, 0, "不是 UTF-8 编码", "it is not in UTF-8") from None
    except csv.Error as error:
        zh, en = csv_error(error)
        raise _unkept(path, 0, f"不是有效的 CSV，{zh}", f"it is no valid CSV: {en}") from None
    header = lines[0][1] if lines else [key]
    if key not in header or not set(header) <= set(known):
        raise _unkept(path, 1, f"列名要是 {','.join(known)}", f"its columns have to be {','.join(known)}")
    for line, row in lines:
        if len(row) != len(header):
            raise _unkept(path, line, f"有 {len(row)} 格，要 {len(header)} 格", f"{len(row)} cells, not {len(header)}")
    return [(line, dict(zip(header, row, strict=True))) for line, row in lines]


def _once(path: Path, table: str, rows: list[Row]) -> None:
    """Refused where two proposals of a table are called by one id."""
    seen: set[str] = set()
    for row in rows:
        if (name := key(table, row)) in seen:
            raise _unkept(path, row.line, f"编号 {name} 上面已经有了", f"the id {name} stands above already")
        seen.add(name)


def _unkept(path: Path, line: int, zh: str, en: str) -> Refused:
    """What is wrong with a file that would be written anew."""
    where = f"{path.parent.name}/{path.name}" + (f":{line}" if line else "")
    if path.name == DECISIONS:  # what was refused stands nowhere else
        return Refused(f"{where} {zh}：恢复它原来的内容", f"{where}: {en}; bring it back as it was")
    return Refused(
        f"{where} {zh}：改正，或删去这个文件再运行 build.py draft",
        f"{where}: {en}; mend it, or remove the file and run build.py draft",
    )


def draft_files(draft: Draft) -> dict[str, str]:
    """The files of proposals by name; a table without any has no file (None is what `write` removes)."""
    return {f"{DRAFT}/{table}.csv": csv_text(columns(table), rows) if rows else "" for table, rows in draft.items()}


def decisions(folder: Path) -> list[dict[str, str]]:
    """What was decided, in order. Refused where the file was broken."""
    path = folder / DRAFT / DECISIONS
    found = _records(path, DECISION_COLUMNS, "number")[1:]
    for line, row in found:
        if len(row) < len(DECISION_COLUMNS) or not row["number"].isdecimal():
            raise _unkept(path, line, "读不通", "it is broken")
    return [row for _, row in found]


def decisions_text(rows: Iterable[Mapping[str, str]]) -> str:
    """The file of decisions."""
    return csv_text(DECISION_COLUMNS, rows)


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files of a folder, all or none; "" removes one."""
    write_files(encoded(folder, files))


def encoded(folder: Path, files: Mapping[str, str]) -> dict[Path, bytes | None]:
    """Files of a folder as `write_files` takes them. What can't be encoded leaves every file as it was."""
    return {folder / name: text.encode("utf-8") or None for name, text in files.items()}


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
