"""What came back in a form, as rows of observations, sources and updates; all of it or nothing.

Comes in: the entries of a form and the project as it is. Goes out: new rows, written when the whole project with them
has been checked. What is there already is not written again, so that a form can be taken twice.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from openplans.forms.read import NO_ID, FilledRow, Flaw
from openplans.packages.link import World
from openplans.packages.read import DESCRIPTOR, Package, Row
from openplans.packages.write import write_files
from openplans.problems import Problem
from openplans.schema import contract
from openplans.text.period import Period

NewRow = dict[str, str]

_BARE = re.compile(r"\d+$")


@dataclass
class Taken:
    """The new rows by package and table, the entry that each came of, and what cannot be placed."""

    rows: defaultdict[tuple[str, str], list[NewRow]] = field(default_factory=lambda: defaultdict(list))
    entries: defaultdict[tuple[str, str], list[FilledRow]] = field(default_factory=lambda: defaultdict(list))
    flaws: list[Flaw] = field(default_factory=list)
    notes: list[Flaw] = field(default_factory=list)
    """What was taken otherwise than it is written, to be looked at again."""

    def add(self, package: str, table: str, row: NewRow, entry: FilledRow) -> None:
        """A new row."""
        self.rows[package, table].append(row)
        self.entries[package, table].append(entry)

    def count(self, table: str) -> int:
        """How many new rows a table gets."""
        return sum(len(rows) for (_, name), rows in self.rows.items() if name == table)


@dataclass(frozen=True)
class _Known:
    """What the project has: every promise, project and task by id, with its plan and table."""

    rows: dict[str, tuple[Package, str, Row]]
    observations: Package


_CELLS = {
    "scope": "different",
    "title": "source_title",
    "kind": "source_kind",
    "url": "source_url",
    "observation_id": "value",
    "replaces": "value",
    "concept_id": "value",
    "source_id": "source_url",
    "update_id": "status",
}
"""The cell of the form that a column of the tables comes of, where it has another name."""

_KEYS = {"targets": "target_id", "tasks": "task_id", "projects": "project_id"}


def take(entries: list[FilledRow], world: World) -> Taken:
    """The rows that some entries add."""
    known = _Known(
        {
            row[key]: (plan, table, row)
            for plan in world.project.plans
            for table, key in _KEYS.items()
            for row in plan[table]
        },
        world.project.observations,
    )
    taken = Taken()
    for entry in entries:
        if entry.id not in known.rows:
            zh = f"没有编号“{entry.id}”的目标、项目或任务：照原来的填报表改正编号"
            said = (zh, f"there is no row “{entry.id}”: write its id as the form had it") if entry.id else NO_ID
            taken.flaws.append(entry.flaw("id", *said))
            continue
        plan, table, row = known.rows[entry.id]
        if entry.words and not entry.words & _words(row).keys():
            named = next(iter(_words(row)))
            taken.flaws.append(
                entry.flaw(
                    "id",
                    f"编号“{entry.id}”是“{named}”，和这一行的事项、原话对不上：编号或行错了位",
                    "this id is another row's",
                )
            )
            continue
        if entry.cells["unit"] and entry.cells["unit"] not in world.units:
            taken.flaws.append(
                entry.flaw("unit", f"登记表里没有单位“{entry.cells['unit']}”", "this unit is not in the registry")
            )
            continue
        if entry.has_figure and table == "targets":
            _observation(entry, plan, row, known, taken)
        if entry.has_update or (entry.has_figure and table != "targets"):
            _update(entry, plan, table, taken)
    return taken


def _words(row: Row) -> dict[str, None]:
    """What a row is called in the form, and its sentence."""
    said = (
        row.get("indicator"),
        row.get("name"),
        f"{row.get('number') or ''} {row.get('title') or ''}",
        row.get("quote"),
    )
    return dict.fromkeys(" ".join(each.split()) for each in said if each and each.strip())


def _observation(entry: FilledRow, plan: Package, target: Row, known: _Known, taken: Taken) -> None:
    cells = entry.cells
    figure = {
        "region_code": plan.descriptor["region_code"],
        "concept_id": target["concept_id"],
        "target_id": "" if target["concept_id"] else target["target_id"],
        "period": cells["period"],
        "period_kind": cells["period_kind"],
        "bound": cells["bound"] or "eq",
        "value": cells["value"],
        "unit": cells["unit"] or target["unit"],
        "state": cells["state"],
        "replaces": "",
        "scope": cells["different"] or target["scope"],
        "place": cells["place"],
        "note": cells["note"],
    }
    rows = [*known.observations["observations"], *taken.rows["observations", "observations"]]
    alike = [row for row in rows if _thing(row) == _thing(figure)]
    source_id = _source(entry, known, taken)
    if any(_says(row, source_id) == _says(figure, source_id) for row in alike):
        return
    if any(row in alike for row in taken.rows["observations", "observations"]):
        taken.flaws.append(
            entry.flaw(
                "value",
                "同一事项、同一时期，这张表的上面已经填了另一个数：只留一个",
                "the form has another figure of the same thing and period",
            )
        )
        return
    replaced = {row["replaces"] for row in rows}
    figure["replaces"] = next((row["observation_id"] for row in alike if row["observation_id"] not in replaced), "")
    number = _next(rows, "observation_id", "o", 4)
    taken.add("observations", "observations", {"observation_id": number, **figure, "source_id": source_id}, entry)


def _thing(row: Row | NewRow) -> tuple[object, ...]:
    period = Period.parse(row["period"], row["period_kind"])
    return row["region_code"], row["concept_id"], row["target_id"], row["scope"], period.start, period.end


def _says(row: Row | NewRow, source_id: str) -> tuple[object, ...]:
    return Decimal(row["value"]), row["unit"], row["bound"], row["state"], row.get("source_id", source_id)


def _source(entry: FilledRow, known: _Known, taken: Taken) -> str:
    """The id of the source at an address: a page is one source."""
    cells = entry.cells
    rows = [*known.observations["sources"], *taken.rows["observations", "sources"]]
    for row in rows:
        if row["url"] == cells["source_url"]:
            _compared(entry, row, taken)
            return str(row["source_id"])
    found = {
        "source_id": _next(rows, "source_id", "s", 3),
        "kind": cells["source_kind"],
        "title": cells["source_title"],
        "publisher": cells["publisher"],
        "url": cells["source_url"],
        "published": cells["published"],
    }
    taken.add("observations", "sources", found, entry)
    return found["source_id"]


def _compared(entry: FilledRow, source: Row | NewRow, taken: Taken) -> None:
    """A source that is known is left as it is: what a form says else of its kind or
    day contradicts it, other words for its title or publisher are told."""
    for key, column in (("source_kind", "kind"), ("published", "published")):
        if entry.cells[key] and entry.cells[key] != (source[column] or ""):
            zh = f"这个网址已经收录为来源 {source['source_id']}，那里写的是“{source[column] or '空'}”：两处要一致"
            taken.flaws.append(entry.flaw(key, zh, f"source {source['source_id']} says “{source[column]}”"))
    for key, column in (("source_title", "title"), ("publisher", "publisher")):
        if entry.cells[key] and entry.cells[key] != source[column]:
            zh = f"这个网址已经收录，沿用那里的“{source[column]}”。"
            taken.notes.append(entry.flaw(key, zh, f"source {source['source_id']} keeps “{source[column]}”"))


def _update(entry: FilledRow, plan: Package, table: str, taken: Taken) -> None:
    cells = entry.cells
    if not entry.has_update:
        taken.flaws.append(
            entry.flaw(
                "status", "任务和项目的数要和进展一起报，这一格“进展”不能空", "a figure of a task needs its status"
            )
        )
        return
    update = {
        **dict.fromkeys(_KEYS.values(), ""),
        _KEYS[table]: entry.id,
        "date": cells["date"],
        "status": cells["status"],
        "value": cells["value"],
        "unit": cells["unit"] if cells["value"] else "",
        "statement": cells["statement"],
        "next_step": cells["next_step"],
        "source_title": cells["source_title"],
        "source_kind": cells["source_kind"],
        "source_url": cells["source_url"],
    }
    rows = [*plan["updates"], *taken.rows[plan.folder.name, "updates"]]
    same = (*_KEYS.values(), "date", "status", "statement", "source_url")
    if any(all(str(row[name] or "") == update[name] for name in same) for row in rows):
        return
    number = _next([*rows, *_retired(plan)], "update_id", f"{plan.id}-u", 3)
    taken.add(plan.folder.name, "updates", {"update_id": number, **update}, entry)


def _retired(plan: Package) -> list[NewRow]:
    """Ids of updates that were removed and are never used again."""
    rows = plan["retired"] if "retired" in plan.tables else []
    return [{"update_id": row["id"]} for row in rows if "-u" in row["id"]]


def _next(rows: list[Row] | list[NewRow] | list[Row | NewRow], key: str, start: str, width: int) -> str:
    """The first number behind all that are used."""
    numbers = [int(match.group()) for row in rows if (match := _BARE.search(row[key]))]
    return f"{start}{max(numbers, default=0) + 1:0{width}}"


def write(taken: Taken, datapackages: Path, updated: str = "") -> None:
    """Append the new rows to their files below `datapackages`, to all or none; with `updated`, that is the date of the
    packages they are in."""
    write_files(files_of(taken, datapackages, updated))


def files_of(taken: Taken, datapackages: Path, updated: str = "") -> dict[Path, bytes | None]:
    """The files that the new rows are appended to, as they will be."""
    files: dict[Path, bytes | None] = {}
    for (package, table), rows in taken.rows.items():
        if rows:
            folder = datapackages / package if package == "observations" else datapackages / "plans" / package
            kind: contract.PackageKind = "observations" if package == "observations" else "plan"
            columns = list(contract.fields(contract.tables(kind)[table]))
            path = folder / f"{table}.csv"
            files[path] = path.read_bytes() + _lines(rows, columns).encode("utf-8")
            if updated:
                files[folder / DESCRIPTOR] = _dated(folder / DESCRIPTOR, updated)
    return files


def refused(taken: Taken, problems: Iterable[Problem], world: World) -> tuple[list[Flaw], list[Problem]]:
    """What the check says of the new rows, as flaws of the cells that they came of, and what it says besides."""
    flaws: list[Flaw] = []
    others: list[Problem] = []
    origin: dict[tuple[str, int], FilledRow] = {}
    packages = {each.folder.name: each for each in world.project.packages}
    for (name, table), entries in taken.entries.items():
        last = (packages[name].folder / f"{table}.csv").read_text(encoding="utf-8").count("\n")
        file = packages[name].tables[table].file
        origin |= {(file, last + number): entry for number, entry in enumerate(entries, 1)}
    for each in problems:
        entry = origin.get((each.file, each.line))
        if entry:
            key = _CELLS.get(each.field, each.field if each.field in entry.cells else "id")
            flaws.append(entry.flaw(key, f"{each.zh}{each.hint_zh}", f"{each.en} {each.hint_en}"))
        else:
            others.append(each)
    return flaws, others


def _lines(rows: list[NewRow], columns: list[str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writerows(rows)
    return text.getvalue()


def _dated(path: Path, updated: str) -> bytes:
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    return contract.descriptor_text({**descriptor, "updated": updated}).encode("utf-8")
