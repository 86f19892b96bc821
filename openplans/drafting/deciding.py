"""Decisions about proposals: accept, change, refuse, account for a figure that promises nothing, undo.

Comes in: a plan's folder and what a person decides. Goes out: the tables with the rows, the proposals without them, and
the list of decisions, written at once. Apart from the command line and the desk, which both decide here. Every decision
names the revision it was made on; Conflict where the files have changed since.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openplans.drafting import drafts, store
from openplans.drafting.store import Draft, Refused
from openplans.mending.cells import NotMended, mended
from openplans.packages import cells, garbled
from openplans.packages.link import World
from openplans.packages.read import DRAFT, Package, Row, Table
from openplans.packages.write import cell_text, package_texts, table_text, write_files
from openplans.paths import Paths
from openplans.problems import Problem, problem
from openplans.schema import contract


class Conflict(Exception):
    """The files have changed since they were shown: another window, an editor, another person."""


@dataclass
class Desk:
    """A plan on the desk: its tables, its proposals, what was decided, as of `revision`."""

    paths: Paths
    world: World
    plan: Package
    draft: Draft
    decided: list[dict[str, str]]
    revision: str
    waiting: list[str] = field(default_factory=list)
    _new: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def open(cls, paths: Paths, plan_id: str) -> Desk:
        """Read everything about a plan from its files. Refused where something in them could not be kept."""
        folder = paths.plans / plan_id
        revision = store.revision((folder, paths.registry))
        world, problems = store.read_world(paths, plan_id)
        if not _kept_whole(world, problems):
            raise Refused(
                "表还读不进来，先用 build.py check 看看", "the tables can't be read: run build.py check first"
            )
        draft = store.read_draft(folder)
        for table in ("regions", "organizations", "units"):  # what another plan's proposals have registered since
            known = {store.key(table, row) for row in world.project.registry.tables[table].rows}
            draft[table] = [row for row in draft[table] if store.key(table, row) not in known]
        return cls(paths, world, world.project.plans[0], draft, store.decisions(folder), revision)

    def accept(self, table: str, key: str, changes: dict[str, str] | None = None) -> str:
        """Move a proposal into its table, as it is or changed; its id there. What it rests on moves with it."""
        row = self._take(table, key)
        before = json.dumps({name: cell_text(value) for name, value in row.items()}, ensure_ascii=False)
        if changes:
            self._change(table, row, changes)
        self._bring(table, row)
        row_id = self._insert(table, row)
        if table == "organizations":
            self._with_all("organization_names", "org_id", row_id)
        self._decide("change" if changes else "accept", table, key, row_id, "", before)
        return row_id

    def refuse(self, table: str, key: str, reason: str = "") -> None:
        """Drop a proposal; it is not proposed again."""
        row = self._take(table, key)
        before = json.dumps({name: cell_text(value) for name, value in row.items()}, ensure_ascii=False)
        self._decide("refuse", table, key, drafts.signature(table, row), reason, before)

    def account(self, clause_id: str, quote: str, reason: str) -> str:
        """Say that a figure promises nothing, and why: a row of references."""
        allowed = store.fields("references")["reason"]["constraints"]["enum"]
        if reason not in allowed:
            raise Refused(f"没有这样的理由：{reason}", f"there is no such reason: {reason}")
        row = Row(reference_id="", clause_id=clause_id, quote=quote, reason=reason)
        row_id = self._insert("references", row)
        self._decide("account", "references", "", row_id, reason, "")
        return row_id

    def add(self, table: str, values: dict[str, str]) -> str:
        """Write a row that nothing proposed."""
        if table not in (*store.REGISTRY, *store.TABLES):
            raise Refused(f"不能在这里写 {table}", f"{table} can't be written here")
        row = Row(
            {name: None if each["type"] in ("number", "integer") else "" for name, each in store.fields(table).items()}
        )
        self._change(table, row, values)
        self._bring(table, row)
        row_id = self._insert(table, row)
        self._decide("add", table, "", row_id, "", "")
        return row_id

    def describe(self, values: dict[str, str]) -> None:
        """Say what the descriptor leaves open: the English title, who issued it and when."""
        known = contract.descriptor_schema("plan")["properties"]
        before = {name: self.plan.descriptor.get(name, "") for name in values}
        for name, value in values.items():
            if name not in (
                "title_en",
                "issuer",
                "issued",
                "published",
                "doc_number",
                "effective_start",
                "effective_end",
                "source_url",
            ):
                raise Refused(f"这一项不能在这里改：{name}", f"{name} can't be changed here")
            pattern = known[name].get("pattern")
            if value and pattern and not re.search(pattern, value):
                raise Refused(
                    f"{known[name]['title']}写法不对：{value}", f"{name} is not of the required form: {value}"
                )
            if value:
                self.plan.descriptor[name] = value
            else:
                self.plan.descriptor.pop(name, None)
        self._order_descriptor()
        self._decide("describe", "datapackage", "", "", "", json.dumps(before, ensure_ascii=False))

    def undo(self) -> dict[str, str]:
        """Take the last decision back, whole."""
        if not self.decided:
            raise Refused("没有可以撤销的决定", "there is no decision to undo")
        last = self.decided.pop()
        group = [last]
        while self.decided and _belongs(self.decided[-1], last):
            group.append(self.decided.pop())
        for each in group:
            self._undo(each)
        return last

    def save(self, expected: str = "") -> str:
        """Write what was decided; the new revision. Conflict where the files are not those that were shown."""
        folders = (self.plan.folder, self.paths.registry)
        if store.revision(folders) != self.revision or (expected and expected != self.revision):
            raise Conflict
        texts = package_texts(self.plan)
        files = {name: text for name, text in texts.items() if name not in ("source.txt", "clauses.csv")}
        files |= store.draft_files(self.draft)
        files[f"{DRAFT}/{store.DECISIONS}"] = store.decisions_text(self.decided) if self.decided else ""
        registry = {f"{name}.csv": table_text(self.world.project.registry.tables[name]) for name in store.REGISTRY}
        write_files(
            {
                **store.encoded(self.paths.registry, _changed(self.paths.registry, registry)),
                **store.encoded(self.plan.folder, _changed(self.plan.folder, files)),
            }
        )
        self.revision = store.revision(folders)
        return self.revision

    def _table(self, name: str) -> Table:
        package = self.world.project.registry if name in store.REGISTRY else self.plan
        return package.tables[name]

    def _take(self, table: str, key: str) -> Row:
        found = next((row for row in self.draft.get(table, ()) if store.key(table, row) == key), None)
        if found is None:
            raise Refused(f"{table} 里没有提议 {key}", f"{table} has no proposal {key}")
        self.draft[table].remove(found)
        return found

    def _change(self, table: str, row: Row, values: dict[str, str]) -> None:
        """Put typed values into a row, written as `fmt` would write them."""
        known = store.fields(table)
        for name, text in values.items():
            if name not in known:
                raise Refused(f"{table} 没有这一列：{name}", f"{table} has no column {name}")
            try:
                cell = mended(text, known[name])
            except NotMended as wrong:
                raise Refused(wrong.zh, wrong.en) from None
            if cells.ill_formed(cell, known[name]):
                raise Refused(f"{known[name]['title']}不能写“{text}”", f"{name} can't be {text!r}")
            row[name] = cells.value(cell, known[name])

    def _bring(self, table: str, row: Row) -> None:
        """Accept what a row rests on: its task and the tasks above, its unit of measure, its organization."""
        for name, where in (("parent_id", "tasks"), ("task_id", "tasks")):
            if str(row.get(name) or "").startswith("draft-") and (table != "tasks" or name == "parent_id"):
                row[name] = self._with(where, row[name])
        if str(row.get("restates") or "").startswith("draft-"):
            row["restates"] = self._permanent("targets", row["restates"])
        if table == "organization_names":
            self._with_all("organizations", "org_id", row["org_id"])
            if row["org_id"] not in {each["org_id"] for each in self._table("organizations").rows}:
                raise Refused(f"先要登记单位 {row['name']}", f"{row['name']} has to be registered first")
        if table == "organizations":
            self._with_all("regions", "region_code", row["region_code"])
        if table == "regions" and row["parent_code"]:
            self._with_all("regions", "region_code", row["parent_code"])
            if row["parent_code"] not in {each["region_code"] for each in self._table("regions").rows}:
                raise Refused(
                    f"先要登记上级地区 {row['parent_code']}",
                    f"its superior {row['parent_code']} has to be registered first",
                )
        if table == "responsibilities":
            self._with_all("organizations", "org_id", row["org_id"])
            self._with_all("organization_names", "org_id", row["org_id"])
            known = {each["org_id"] for each in self._table("organizations").rows}
            if row["org_id"] not in known:
                raise Refused(
                    f"先要登记单位 {row['name_in_source']}", f"{row['name_in_source']} has to be registered first"
                )
        if row.get("unit") and table != "units":
            base = [each["base_unit"] for each in self.draft["units"] if each["unit"] == row["unit"]]
            for unit in [*base, row["unit"]]:
                self._with_all("units", "unit", unit)

    def _with(self, table: str, key: str) -> str:
        """The permanent id of a proposal that another rests on, accepted where it was not yet."""
        if any(store.key(table, each) == key for each in self.draft[table]):
            row = self._take(table, key)
            before = json.dumps({name: cell_text(value) for name, value in row.items()}, ensure_ascii=False)
            self._bring(table, row)
            row_id = self._insert(table, row)
            self._decide("with", table, key, row_id, "", before)
            return row_id
        return self._permanent(table, key)

    def _with_all(self, table: str, column: str, value: str) -> None:
        for each in [row for row in self.draft[table] if row[column] == value]:
            if all(each[name] not in ("", None) for name in _required(table)):
                self._with(table, store.key(table, each))

    def _permanent(self, table: str, key: str) -> str:
        """The id under which an earlier decision put a proposal into its table."""
        for each in reversed(self.decided):
            if each["table"] == table and each["proposal"] == key and each["action"] in ("accept", "change", "with"):
                return each["row_id"]
        raise Refused(f"先要决定 {key}", f"{key} has to be decided first")

    def _insert(self, table: str, row: Row) -> str:
        """Put a row where the document has it, under the next free id; what rests on it finds it there."""
        unfilled = [
            name for name in _required(table) if row.get(name) in ("", None) and name != next(iter(store.fields(table)))
        ]
        if unfilled:
            titles = [store.fields(table)[name]["title"] for name in unfilled]
            raise Refused(f"还没有写：{'、'.join(titles)}", f"still to be filled in: {', '.join(unfilled)}")
        own = self._table(table)
        clean = Row({name: row[name] for name in own.columns})
        self._can_be_read(table, clean)
        old = str(clean[own.columns[0]] or "")
        if table in contract.LETTERS:
            clean[own.columns[0]] = self._free_id(table)
            for name in ("task_id", "parent_id", "restates"):
                for others in self.draft.values():
                    for each in others:
                        if old and each.get(name) == old:
                            each[name] = clean[own.columns[0]]
        place = self._place(table, clean)
        own.rows.insert(place, clean)
        self.plan._by_id.pop(table, None)
        return store.key(table, clean)

    def _can_be_read(self, table: str, row: Row) -> None:
        """Refused where a cell has what no table may hold: nobody could read the plan again."""
        spared = frozenset() if table in store.REGISTRY else cells.spared(self.plan.source)
        for name, column in store.fields(table).items():
            text = cell_text(row[name])
            if broken := cells.wrong(text, column, spared, garbled.possible(text)):
                raise Refused(*problem(broken[0], f"{table}.csv", field=name, **broken[1]).phrase)

    def _free_id(self, table: str) -> str:
        """The next number that no row has or had: those of rows retired, and of decisions taken back, stay unused."""
        plan_id, letter = self.plan.descriptor["plan_id"], contract.LETTERS[table]
        used = [row[self._table(table).columns[0]] for row in self._table(table).rows]
        if "retired" in self.plan.tables:
            used += [str(row["id"]) for row in self.plan["retired"]]
        used += [each["row_id"] for each in self.decided if each["table"] == table]
        numbers = [int(found[1]) for each in used if (found := re.fullmatch(rf"{plan_id}-{letter}([0-9]+)", each))]
        return f"{plan_id}-{letter}{max(numbers, default=0) + 1:03}"

    def _place(self, table: str, row: Row) -> int:
        """Where a row stands among the others: in the order of the document; in the registry, beside its like."""
        rows = self._table(table).rows
        if table in store.REGISTRY:
            return len(rows)
        order = {each["clause_id"]: each["order"] for each in self.plan["clauses"]}
        if table == "responsibilities":
            tasks = [each["task_id"] for each in self.plan["tasks"]]
            rank = {task: place for place, task in enumerate(tasks)}
            own = (rank.get(row["task_id"], len(tasks)), row["rank"])
            return sum((rank.get(each["task_id"], 0), each["rank"]) <= own for each in rows)
        texts = self.plan.by_id("clauses")

        def at(each: Row) -> tuple[int, int]:
            text = texts[each["clause_id"]]["text"] if each["clause_id"] in texts else ""
            quote = each.get("quote", "")
            return order.get(each["clause_id"], 0), text.find(quote) + len(quote) if quote else 0

        own_place = at(row)
        if table == "tasks" and row["parent_id"]:
            above = next((n for n, each in enumerate(rows) if each["task_id"] == row["parent_id"]), -1)
            return max(above + 1, sum(at(each) <= own_place for each in rows))
        return sum(at(each) <= own_place for each in rows)

    def _decide(self, action: str, table: str, key: str, row_id: str, reason: str, before: str) -> None:
        number = str(1 + max((int(each["number"]) for each in self.decided), default=0))
        self.decided.append(
            {
                "number": number,
                "action": action,
                "table": table,
                "proposal": key,
                "row_id": row_id,
                "reason": reason,
                "before": before,
            }
        )

    def _undo(self, each: dict[str, str]) -> None:
        table = each["table"]
        if each["action"] == "describe":
            for name, value in json.loads(each["before"]).items():
                self.plan.descriptor.pop(name, None)
                if value:
                    self.plan.descriptor[name] = value
            self._order_descriptor()
            return
        if each["action"] != "refuse":
            own = self._table(table)
            own.rows = [row for row in own.rows if store.key(table, row) != each["row_id"]]
            self.plan._by_id.pop(table, None)
        if each["before"]:
            known = store.fields(table)
            said = json.loads(each["before"])
            row = Row({name: cells.value(said.get(name, ""), field) for name, field in known.items()})
            row.update({name: said.get(name, "") for name in store.ADDED})
            self.draft[table].append(row)
            self.draft[table].sort(key=lambda other: store.key(table, other))
            for others in self.draft.values():
                for other in others:
                    for name in ("task_id", "parent_id", "restates"):
                        if (
                            each["row_id"]
                            and other.get(name) == each["row_id"]
                            and each["proposal"].startswith("draft-")
                        ):
                            other[name] = each["proposal"]

    def _order_descriptor(self) -> None:
        """The descriptor's properties in the order of the contract, the tables last."""
        known = [
            "name",
            "title",
            "title_en",
            "version",
            "updated",
            "licenses",
            "sources",
            *contract.descriptor_schema("plan")["properties"],
        ]
        order = {name: place for place, name in enumerate(dict.fromkeys(known)) if name != "resources"}
        items = sorted(self.plan.descriptor.items(), key=lambda item: order.get(item[0], 10**6))
        self.plan.descriptor.clear()
        self.plan.descriptor.update(items)


def _kept_whole(world: World, problems: list[Problem]) -> bool:
    """Whether the tables of the plan and of the registry can be written as they are read: a cell of another type than
    its column's is read as empty.
    """
    [plan], registry = world.project.plans, world.project.registry
    files = {table.file for package in (plan, registry) for table in package.tables.values()}
    lost = any(each.rule == "wrong-type" and each.file in files for each in problems)
    return plan.sound and not registry.broken & set(store.REGISTRY) and not lost


def _belongs(each: dict[str, str], last: dict[str, str]) -> bool:
    """Whether a decision was made with the last one: what it rests on, or another of the same batch."""
    return each["action"] == "with" or (last["reason"].startswith("batch ") and each["reason"] == last["reason"])


class NoProposal(Refused):
    """Ids of proposals that are not there."""


def accept_all(desk: Desk, ids: Iterable[str] = (), above: float | None = None) -> tuple[list[str], list[str]]:
    """Accept the proposals of some ids, or all that are as sure as `above`, as one batch: (accepted, what waits
    and why). NoProposal, and nothing is accepted, where no proposal has an id.
    """
    wanted, tables = set(ids), (*store.REGISTRY, *store.TABLES)
    unknown = wanted - {store.key(table, row) for table in tables for row in desk.draft[table]}
    if unknown:
        names = sorted(unknown)
        raise NoProposal(
            f"没有这样的提议：{'、'.join(names)}。什么也没有收入", f"no such proposals: {', '.join(names)}"
        )
    first = len(desk.decided)
    done, waiting = [], []
    for table in tables:
        for row in list(desk.draft[table]):
            key = store.key(table, row)
            sure = above is not None and Decimal(row["confidence"] or "0") >= Decimal(str(above))
            if row not in desk.draft[table] or not (key in wanted or sure):
                continue
            copy = _copied(desk)
            try:
                done.append(desk.accept(table, key))
            except Refused as refused:
                _restore(desk, copy)
                waiting.append(f"{key}: {refused}")
    for each in desk.decided[first:]:
        each["reason"] = f"batch {first + 1}" if each["action"] != "with" else each["reason"]
    return done, waiting


def _copied(desk: Desk) -> Any:
    tables = {id(each): list(each.rows) for each in _tables(desk)}
    return tables, {table: [Row(row) for row in rows] for table, rows in desk.draft.items()}, list(desk.decided)


def _restore(desk: Desk, copy: Any) -> None:
    tables, desk.draft, desk.decided = copy
    for each in _tables(desk):
        each.rows = tables[id(each)]
    desk.plan._by_id.clear()


def _tables(desk: Desk) -> list[Table]:
    return [*desk.plan.tables.values(), *desk.world.project.registry.tables.values()]


def _required(table: str) -> list[str]:
    return [name for name, each in store.fields(table).items() if each.get("constraints", {}).get("required")]


def _changed(folder: Any, files: dict[str, str]) -> dict[str, str]:
    """The files whose text differs from what is on disk."""
    return {
        name: text
        for name, text in files.items()
        if (folder / name).exists() != bool(text) or (text and (folder / name).read_text(encoding="utf-8") != text)
    }
