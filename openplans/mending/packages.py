"""A package's folder -> its files as the contract wants them; what was put beside them goes into them.

Comes in: a folder or file below datapackages/. Goes out: FileChanges, a file each: the text it should have, or that it
leaves; what was done and what was refused. Nothing is written here but by `write`, so that a check can ask the same.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openplans.mending.cells import IdsByName
from openplans.mending.descriptor import mended_descriptor
from openplans.mending.spreadsheets import SUFFIXES, taken
from openplans.mending.tables import Mended, Surroundings, mended_table
from openplans.packages import cells
from openplans.packages.read import DESCRIPTOR, SOURCE
from openplans.packages.workbooks import LARGEST, NoWorkbook
from openplans.packages.write import write_files
from openplans.paths import Paths
from openplans.schema import contract, vocabulary
from openplans.schema.shapes import Resource

NAMES = {"themes": "name_zh", "concepts": "name_zh", "regions": "name_zh"}
"""The registry's tables whose rows a person may name by their name, and the column of it."""

NAMED = {
    each.column: (each.to_table, each.to_column, NAMES[each.to_table])
    for each in vocabulary.references()
    if each.to_table in NAMES
} | {"parent_code": ("regions", "region_code", "name_zh"), "org_id": ("organization_names", "org_id", "name")}
"""The columns in which a name may stand for an id: the registry's table, and its columns of the id and of the name."""


@dataclass
class FileChange:
    """What becomes of a file: `text` is None where it leaves its folder, or where nothing could be made of it."""

    path: Path
    mended: Mended
    leaves: bool = False

    @property
    def changes(self) -> bool:
        """Whether the file is not yet as it should be, and can be."""
        if self.leaves:
            return True
        return self.mended.text is not None and (
            not self.path.exists() or self.path.read_bytes() != self.mended.text.encode("utf-8")
        )


def changes(paths: Paths, target: Path) -> list[FileChange]:
    """What becomes of every file at or below a path. Two sheets of the same table are taken one after the other."""
    folders = [paths.registry, paths.observations, *sorted(each for each in paths.plans.glob("*") if each.is_dir())]
    found = []
    for folder in folders:
        if (
            folder.is_dir()
            and not folder.is_symlink()
            and (target.is_relative_to(folder) or folder.is_relative_to(target))
        ):
            found += _of_folder(folder, paths, None if folder.is_relative_to(target) else target)
    return found


def write(change: FileChange) -> None:
    """Do what a change says."""
    if change.leaves:
        write_files({change.path: None})
    elif change.mended.text is not None:
        write_files({change.path: change.mended.text.encode("utf-8")})


def _of_folder(folder: Path, paths: Paths, only: Path | None) -> list[FileChange]:
    kind = contract.kind_of(folder, paths)
    tables = contract.tables(kind)
    around = Surroundings(names(paths, folder), spared(folder))
    own = {DESCRIPTOR, SOURCE, *(each["path"] for each in contract.resources(kind))}
    found = {
        name: FileChange(folder / each["path"], mended_table((folder / each["path"]).read_bytes(), each, around))
        for name, each in tables.items()
        if _plain(folder / each["path"])
    }
    beside = []
    for path in sorted(folder.iterdir()):
        if path.name not in own and _is_workbook(path) and (only is None or path == only):
            beside.append(_take(path, found, folder, kind, around))
    if _plain(folder / DESCRIPTOR):
        beside.append(FileChange(folder / DESCRIPTOR, mended_descriptor((folder / DESCRIPTOR).read_bytes(), kind)))
    every = [*found.values(), *beside]
    taken_from_sheets = only is not None and only.name not in own
    return [each for each in every if only is None or each.path == only or taken_from_sheets]


def _take(
    path: Path, found: dict[str, FileChange], folder: Path, kind: contract.PackageKind, around: Surroundings
) -> FileChange:
    """Take a workbook into the tables; it leaves where all of it could be taken."""
    tables = contract.tables(kind)
    current = {name: each.mended.text or "" for name, each in found.items()}
    beside = Mended()
    if path.stat().st_size > LARGEST:
        return FileChange(path, beside.refuse("文件太大", "the file is too large"))
    try:
        sheets = taken(path, tables, current, around)
    except NoWorkbook as error:
        return FileChange(
            path,
            beside.refuse(f"读不通，{error.zh or '不是完好的表格文件'}", f"it cannot be read as a workbook ({error})"),
        )
    if not sheets:
        return FileChange(
            path, beside.refuse("里面没有一张表的列与约定的表相同", "no sheet of it has the columns of a table")
        )
    refused = [said for sheet in sheets for said in sheet.result.refused]
    if refused:
        beside.refused += refused
        return FileChange(path, beside)
    for sheet in sheets:
        change = found.setdefault(sheet.table, FileChange(folder / tables[sheet.table]["path"], Mended()))
        change.mended.text = sheet.result.text
        change.mended.done += sheet.result.done
        zh, en = tables[sheet.table]["title"], sheet.table
        zh_only, en_only = _only(sheet.columns, tables[sheet.table])
        beside.done.append((f"内容并入{zh}（{tables[sheet.table]['path']}）{zh_only}", f"taken into {en}{en_only}"))
        beside.done += [(f"表尾的“{each}”没有读入", f"“{each}” at the foot is left out") for each in sheet.feet]
    beside.done.append(("文件移走", "the file is removed"))
    return FileChange(path, beside, leaves=True)


def _only(columns: tuple[str, ...], table: Resource) -> tuple[str, str]:
    """Which columns of one of the site's lists were taken: whoever changed another should not believe that it is in."""
    if not columns:
        return "", ""
    titles = "、".join(contract.fields(table)[name]["title"] for name in columns)
    return f"，只取{titles}，其余各列是算出来的", f", of it {', '.join(columns)}; its other columns are derived"


def _plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_workbook(path: Path) -> bool:
    hidden = path.name.startswith((".", "~$"))
    return not hidden and _plain(path) and path.suffix.lower() in SUFFIXES


def spared(folder: Path) -> frozenset[str]:
    """The invisible characters that the document itself has."""
    source = folder / SOURCE
    return cells.spared(source.read_text("utf-8", errors="ignore")) if _plain(source) else frozenset()


def names(paths: Paths, folder: Path) -> dict[str, IdsByName]:
    """The ids that names stand for, by column. A name of several is left out; an organization's is one of the plan's
    region or of those above."""
    chain = _chain(paths, folder.name.partition("-")[0])
    found: dict[str, IdsByName] = {}
    for column, (table, key, name) in NAMED.items():
        meant: dict[str, set[str]] = {}
        for row in _rows(paths, table):
            if table != "organization_names" or row.get("region_code") in chain:
                meant.setdefault(row.get(name, ""), set()).add(row.get(key, ""))
        found[column] = {each: next(iter(ids)) for each, ids in meant.items() if each and len(ids) == 1}
    return found


def _chain(paths: Paths, code: str) -> set[str]:
    """A region and those above it."""
    parents = {row.get("region_code", ""): row.get("parent_code", "") for row in _rows(paths, "regions")}
    chain: set[str] = set()
    while code in parents and code not in chain:
        chain.add(code)
        code = parents[code]
    return chain


def _rows(paths: Paths, table: str) -> Iterator[dict[str, str]]:
    """The rows of a table of the registry as far as it can be read; names are only taken from a sound one."""
    file = paths.registry / f"{table}.csv"
    resource = contract.tables("registry")[table]
    text = mended_table(file.read_bytes(), resource).text if _plain(file) else None
    yield from csv.DictReader(io.StringIO(text or ""))
