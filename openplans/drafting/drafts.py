"""Proposals for a plan, less what is there already and what was refused, written beside its tables.

Comes in: the World, a plan, and a program that proposes too. Goes out: the files of draft/. Apart from the proposing,
which knows nothing of what people decided.
"""

from __future__ import annotations

from openplans.drafting import edits, store
from openplans.drafting import program as other
from openplans.drafting.proposing import propose
from openplans.drafting.store import Draft
from openplans.packages.link import World
from openplans.packages.quoted import occurrences, stating
from openplans.packages.read import Package, Row

_TOLD = 5
"""How many places a message names."""

Told = list[tuple[str, str]]
"""Sentences in both languages."""


def make(world: World, plan: Package, command: str = "", anew: bool = False) -> Told:
    """Write the proposals for a plan; what a program proposed and the rules refuse is told. Refused where rows were
    changed by hand, unless all is to be proposed `anew`.
    """
    kept = store.read_draft(plan.folder)
    if not anew and (changed := edits.changed(plan.folder, kept)):
        raise _changed_by_hand(changed)
    draft = propose(world, plan)
    taken, refused = other.proposals(world, plan, command) if command else ({}, [])
    for table in other.PROPOSED:
        asked = taken.get(table, [])
        before = [row for row in kept[table] if row["rule"] == other.RULE and row["origin"] != other.origin(command)]
        said = {_same(table, row): row for row in (*reversed(before), *reversed(asked), *draft[table])}  # ours first
        draft[table] += [row for row in (*asked, *before) if said[_same(table, row)] is row]
        _numbered(table, draft[table])
    draft["regions"] = kept["regions"]
    left = undecided(world, plan, draft)
    store.write(plan.folder, {**store.draft_files(left), edits.PROPOSED: edits.marks(left)})
    return refused


def _changed_by_hand(places: list[str]) -> store.Refused:
    told = "、".join(places[:_TOLD]) + (f" …（{len(places)}）" if len(places) > _TOLD else "")
    return store.Refused(
        f"这几行手改过，重新提议就没有了：{told}；先用 build.py accept 收下，或加 --anew 不要这些改动",
        f"rows changed by hand would be lost: {told}; accept them first, or give --anew to drop the changes",
    )


def _numbered(table: str, rows: list[Row]) -> None:
    """Give the rows of programs ids of their own, whoever proposed them when."""
    for number, row in enumerate((row for row in rows if row["rule"] == other.RULE), 1):
        row[next(iter(store.fields(table)))] = f"draft-x{number:03}"


def undecided(world: World, plan: Package, draft: Draft) -> Draft:
    """The proposals that no table has and nobody refused."""
    refused = {(each["table"], each["row_id"]) for each in store.decisions(plan.folder) if each["action"] == "refuse"}
    there = {table: {_same(table, row) for row in plan[table]} for table in store.TABLES}
    places = _accounted(world, plan)
    moved = _moved(plan, draft)
    for row in (each for rows in draft.values() for each in rows):
        for name in {"task_id", "parent_id"} & row.keys():
            row[name] = moved.get(row[name], row[name])
    return {
        table: [
            row
            for row in rows
            if _same(table, row) not in there.get(table, ())
            and (table, signature(table, row)) not in refused
            and not (table in ("targets", "baselines", "references") and _taken(world, plan, table, row, places))
        ]
        for table, rows in draft.items()
    }


def signature(table: str, row: Row) -> str:
    """What a proposal says, whatever its id: by it a refused one is known again."""
    said = _same(table, row)
    return "|".join(str(each) for each in said)


def _same(table: str, row: Row) -> tuple[str, ...]:
    """What makes two rows of a table one."""
    names = {
        "tasks": ("clause_id", "number", "title"),
        "responsibilities": ("task_id", "name_in_source"),
        "targets": ("clause_id", "quote", "value", "unit", "indicator"),
        "baselines": ("clause_id", "quote", "value"),
        "projects": ("clause_id", "name"),
        "references": ("clause_id", "quote"),
        "attachments": ("clause_id", "title"),
        "notes": ("kind", "clause_id", "quote"),
        "organizations": ("org_id",),
        "organization_names": ("name", "org_id"),
        "units": ("unit",),
        "regions": ("region_code",),
    }[table]
    return tuple("" if row[name] is None else str(row[name]) for name in names)


def _moved(plan: Package, draft: Draft) -> dict[str, str]:
    """The permanent ids of proposed tasks that the plan has."""
    there = {_same("tasks", row)[:2]: row["task_id"] for row in plan["tasks"]}
    by_title = {_same("tasks", row): row["task_id"] for row in plan["tasks"]}
    found = {}
    for row in draft["tasks"]:
        own = by_title.get(_same("tasks", row)) or (there.get(_same("tasks", row)[:2]) if row["number"] else None)
        if own:
            found[row["task_id"]] = own
    draft["tasks"] = [row for row in draft["tasks"] if row["task_id"] not in found]
    return found


def _accounted(world: World, plan: Package) -> dict[tuple[str, str], set[int]]:
    """Where the figures stand that the plan's rows account for, by table and clause."""
    found: dict[tuple[str, str], set[int]] = {}
    for table in ("targets", "baselines", "projects", "references"):
        for row in plan[table]:
            figure = stating(world, plan, row, "value") if table in ("targets", "baselines") else None
            if figure:
                found.setdefault(("", row["clause_id"]), set()).add(figure.start)
            elif clause := plan.by_id("clauses").get(row["clause_id"]):
                for start in occurrences(clause["text"], row["quote"])[:1]:
                    found.setdefault(("quoted", row["clause_id"]), set()).update(
                        range(start, start + len(row["quote"]))
                    )
    return found


def _taken(world: World, plan: Package, table: str, row: Row, places: dict[tuple[str, str], set[int]]) -> bool:
    """Whether a row of the plan accounts for the figure of a proposal."""
    if table == "references":
        text = plan.by_id("clauses")[row["clause_id"]]["text"]
        start = text.find(row["quote"])
        return any(start <= each < start + len(row["quote"]) for each in places.get(("", row["clause_id"]), ())) or (
            start in places.get(("quoted", row["clause_id"]), ())
        )
    figure = stating(world, plan, row, "value")
    return figure is not None and (
        figure.start in places.get(("", row["clause_id"]), ())
        or figure.start in places.get(("quoted", row["clause_id"]), ())
    )
