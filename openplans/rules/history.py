"""Is nothing lost, and nothing named twice? Ids without a gap, removed rows, rows set aside.

Comes in: the plans, and where it is given the project as it was on the base branch. Goes out: gaps in ids that
retired.csv does not explain, rows that are gone or have become others, too many rows that set a rule aside. Apart,
because a document cannot say what a table has lost: only the table before it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from openplans.packages.cells import DATE
from openplans.packages.link import World
from openplans.packages.read import Package, Project, Row, Table
from openplans.packages.versions import numbers
from openplans.problems import Problem
from openplans.rules.hits import Hit, at
from openplans.rules.moved import column_moved
from openplans.rules.quotes import squeezed
from openplans.rules.series import JUMP

_ID = re.compile(r"^(?P<plan>.+)-(?P<letter>[a-z])(?P<number>[0-9]+)$")
_OF_FIGURES = set("tbpr")
"""The letters of targets, baselines, projects and references: a figure may turn out to be another kind."""
LATEST = 92
"""Days from the date of the data to that on which a row is retired: the next release sets the date of the data."""
MOST_ACCEPTED = 5
"""As many rows of a plan may set a rule aside; or one in fifty, where a plan is long."""
_COUNTED = ("targets", "baselines", "tasks", "projects", "references", "attachments", "notes", "clauses", "updates")
"""The tables whose rows are counted through; what is removed there leaves its id in retired.csv."""


def no_rows(world: World, plan: Package) -> Iterator[Hit]:
    """Every plan has clauses; and targets, once its tasks and the numbers that promise nothing are there: of a plan
    that is only begun each number is told by itself.
    """
    begun = not (plan["tasks"] and plan["references"])
    for name in ("clauses", "targets"):
        if not plan[name] and not (begun and name == "targets"):
            yield at(plan.tables[name], None, name=name)


def id_missing(world: World, plan: Package) -> Iterator[Hit]:
    """The ids of a table count through from 1; a number that is missing stands in retired.csv with its reason."""
    retired = {row["id"] for row in plan["retired"]}
    for name in _COUNTED:
        table = plan.tables[name]
        for wanted in _gaps(plan, table):
            if wanted not in retired:
                yield at(table, None, table.columns[0], id=wanted)


def _gaps(plan: Package, table: Table) -> Iterator[str]:
    """The ids that the rows of a table pass over, counting from 1 to the last."""
    numbers = sorted(
        (int(found["number"]), found["letter"]) for row in table.rows if (found := _ID.match(row[table.columns[0]]))
    )
    present = {number for number, _ in numbers}
    for number in range(1, numbers[-1][0]) if numbers else ():
        if number not in present:
            yield f"{plan.descriptor['plan_id']}-{numbers[0][1]}{number:03}"


def retired_still_there(world: World, plan: Package) -> Iterator[Hit]:
    """A retired id has no row any more, and its successor has one."""
    alive = _alive(plan)
    for row in plan["retired"]:
        if row["id"] in alive and not _taken_anew(row, plan, *alive[row["id"]]):
            yield at(plan.tables["retired"], row, "id", id=row["id"], successor=row["successor"] or "-")
        elif row["id"] not in alive and row["successor"] and row["successor"] not in alive:
            yield at(plan.tables["retired"], row, "successor", id=row["id"], successor=row["successor"])


def retired_id_taken(world: World, plan: Package) -> Iterator[Hit]:
    """An id that was retired before the last release is not taken anew."""
    alive = _alive(plan)
    for row in plan["retired"]:
        table, taken = alive.get(row["id"], (None, None))
        if table and taken and _taken_anew(row, plan, table, taken):
            yield at(table, taken, table.columns[0], id=row["id"], date=row["date"])


def _taken_anew(retired: Row, plan: Package, table: Table, taken: Row) -> bool:
    """Whether a row of a retired id is a new one: it was retired before the last release, stands elsewhere than between
    the ids around its own, and no other id of the table is missing, which may have been meant.
    """
    released = str(retired["date"] or "9999") < str(plan.descriptor.get("updated", ""))
    return released and not _in_its_place(table, taken) and not _lacks_another(plan, table, taken)


def _in_its_place(table: Table, row: Row) -> bool:
    """Whether a row, not the last, stands between those of the ids before and behind its own: nobody put it there."""
    numbers = [int(found["number"]) if (found := _ID.match(each[table.columns[0]])) else 0 for each in table.rows]
    place = table.rows.index(row)
    before, behind = numbers[:place][-1:], numbers[place + 1 : place + 2]
    return behind == [numbers[place] + 1] and before in ([], [numbers[place] - 1])


def _lacks_another(plan: Package, table: Table, taken: Row) -> bool:
    """Whether another id of a table is missing: then it is that one which was retired, and is misspelt there."""
    retired = {row["id"] for row in plan["retired"]} - {taken[table.columns[0]]}
    return any(gap not in retired for gap in _gaps(plan, table))


def _alive(plan: Package) -> dict[str, tuple[Table, Row]]:
    """The rows of a plan by id, each with its table."""
    tables = [table for name, table in plan.tables.items() if name in _COUNTED]
    return {row[table.columns[0]]: (table, row) for table in tables for row in table.rows}


def retired_date_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A row was retired after the plan was issued, and not long after the date of the data: a year later is a slip."""
    issued, updated = str(plan.descriptor.get("issued", "")), str(plan.descriptor.get("updated", ""))
    for row in plan["retired"]:
        day = str(row["date"] or "")
        late = bool(DATE.fullmatch(day) and DATE.fullmatch(updated)) and _days(updated, day) > LATEST
        if day and (late or day < issued):
            yield at(plan.tables["retired"], row, "date", value=day, issued=issued or "-", updated=updated or "-")


def _days(first: str, last: str) -> int:
    """The days from one date to another; as many as tell a slip where one is no day of the calendar."""
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return 0


def successor_differs(world: World, plan: Package) -> Iterator[Hit]:
    """What comes in the place of a row is a row of its table, or of another that accounts for figures: the one that has
    the words which the reason quotes, where one alone has.
    """
    for row in plan["retired"]:
        letters = {found["letter"] for each in (row["id"], row["successor"]) if (found := _ID.match(each))}
        meant = _of_the_reason(plan, row)
        if meant or (len(letters) > 1 and not letters <= _OF_FIGURES):
            facts = {"id": row["id"], "successor": row["successor"], "meant": meant}
            yield at(plan.tables["retired"], row, "successor", **facts)


def _of_the_reason(plan: Package, row: Row) -> str:
    """The one row that has the words which the reason of a retired one quotes, where its successor is another; else
    "".
    """
    quotes = {each[key]: each["quote"] for name, key in _ACCOUNTING for each in plan[name]}
    own, said = quotes.get(row["successor"]), max(_QUOTED.findall(row["reason"]), key=len, default="")
    if own is None or not said or own in said or said in own:
        return ""
    found = [key for key, quote in quotes.items() if len(quote) >= LONG and (quote in said or said in quote)]
    return found[0] if len(found) == 1 else ""


_ACCOUNTING = (("targets", "target_id"), ("baselines", "baseline_id"), ("references", "reference_id"))
_QUOTED = re.compile("“([^“”]+)”")

LONG = 4
"""Letters of a quote, from which on it tells of what a reason speaks."""


_TAKEN_OVER = re.compile("改记[为在到作]|并入|合并[为到入]|由[^，。；]{1,12}代替|见 ?[a-z][0-9]{3}")
"""What a reason says of what has come in the place of a row."""


def successor_missing(world: World, plan: Package) -> Iterator[Hit]:
    """Where the reason says that another row has it now, that row is named."""
    for row in plan["retired"]:
        if not row["successor"] and (said := _TAKEN_OVER.search(row["reason"])):
            yield at(plan.tables["retired"], row, "successor", id=row["id"], words=said[0])


def accepted_too_many(world: World, plan: Package) -> Iterator[Hit]:
    """Few rows set a rule aside: where many have to, the rule or the reading is wrong."""
    for name in ("targets", "baselines"):
        table = plan.tables[name]
        aside = [row for row in table.rows if row["accepted"]]
        if len(aside) > max(MOST_ACCEPTED, len(table.rows) // 50):
            yield at(table, aside[-1], "accepted", count=len(aside), most=max(MOST_ACCEPTED, len(table.rows) // 50))


# --- Against the base branch ----------------------------------------------------------------------


def problems(base: Project, project: Project, released: bool = False) -> list[Problem]:
    """What is wrong with the way from `base` to the project. `released`: the base is a release, so that versions
    have to rise.
    """
    return sorted({hit.problem(code, package) for code, package, hit in against(base, project, released)})


def against(base: Project, project: Project, released: bool) -> Iterator[tuple[str, Package, Hit]]:
    """(rule, package, hit) for what the project lost or made another since `base`: plans, rows, and what an id
    means.
    """
    if base.observations.sound and project.observations.sound:
        for hit in _figures_gone(base.observations, project.observations, {each.folder.name for each in project.plans}):
            yield "figure-removed", project.observations, hit
        for hit in _figures_leap(base.observations, project.observations):
            yield "figure-leaps", project.observations, hit
    yield from (("column-moved", package, hit) for package, hit in column_moved(base, project))
    after = {plan.folder.name: plan for plan in project.plans}
    for old in base.plans:
        plan = after.get(old.folder.name)
        if plan is None:
            yield "plan-removed", project.registry, at(None, plan=old.id)
        elif plan.sound and old.tables:
            for hit in _rows_gone(old, plan):
                yield "row-removed", plan, hit
            for hit in _rows_become_others(old, plan):
                yield "id-reused", plan, hit
            for hit in _retired_never_there(old, plan):
                yield "retired-never-there", plan, hit
            if released and not _raised(old, plan) and _differs(old, plan):
                facts = {"version": plan.descriptor["version"], "updated": plan.descriptor["updated"]}
                yield "version-not-raised", plan, at(None, column="version", **facts)
    packages = {each.folder.name: each for each in project.packages}
    for old in base.packages:
        if (new := packages.get(old.folder.name)) and new.descriptor and old.descriptor:
            yield from (("version-lowered", new, hit) for hit in _lowered(old, new))
            yield from (("id-reused", new, hit) for hit in _ids_exchanged(old, new))


def _figures_gone(old: Package, new: Package, plans: set[str]) -> Iterator[Hit]:
    """The actual figures of the base that are here no more, those about targets of plans that were read, and of none;
    the searches that are."""
    here = {row["observation_id"] for row in new["observations"]}
    for row in old["observations"]:
        asked = not row["target_id"] or row["target_id"].rpartition("-")[0] in plans
        if asked and row["observation_id"] not in here:
            what = " ".join(str(row[name]) for name in ("region_code", "concept_id", "period", "value", "unit"))
            yield at(new.tables["observations"], None, "observation_id", id=row["observation_id"], what=what)
    looked = {row["search_id"] for row in new["searches"]}
    for row in old["searches"] if "searches" in old.tables else ():
        if row["search_id"] not in looked:
            what = f"{row['region_code']} {row['period']}"
            yield at(new.tables["searches"], None, "search_id", id=row["search_id"], what=what)


def _figures_leap(old: Package, new: Package) -> Iterator[Hit]:
    """The actual figures that have become some ten times, or a tenth of, what they were in the same unit."""
    before = {row["observation_id"]: row for row in old["observations"]}
    for row in new["observations"]:
        was = before.get(row["observation_id"])
        if not was or was["unit"] != row["unit"] or not was["value"] or not row["value"]:
            continue
        if not Decimal(1) / JUMP < abs(row["value"] / was["value"]) < JUMP:
            facts = {"id": row["observation_id"], "was": f"{was['value']}{was['unit']}", "value": row["value"]}
            yield at(new.tables["observations"], row, "value", **facts, unit=row["unit"])


def _rows_gone(old: Package, plan: Package) -> Iterator[Hit]:
    """The rows of the base that are neither here nor in retired.csv."""
    retired = {row["id"] for row in plan["retired"]}
    for name, table in old.tables.items():
        if name in _COUNTED:
            here = {row[table.columns[0]] for row in plan[name]}
            for row in table.rows:
                key = row[table.columns[0]]
                if key not in here and key not in retired:
                    yield at(plan.tables[name], None, table.columns[0], id=key, what=_about(table, row))


def _retired_never_there(old: Package, plan: Package) -> Iterator[Hit]:
    """What retired.csv says anew of ids that no row of the base had."""
    there = {row[table.columns[0]] for name, table in old.tables.items() if name in _COUNTED for row in table.rows}
    before = {row["id"] for row in old["retired"]}
    for row in plan["retired"]:
        if row["id"] not in there and row["id"] not in before:
            yield at(plan.tables["retired"], row, "id", id=row["id"])


def _lowered(old: Package, new: Package) -> Iterator[Hit]:
    """The version and the date of a package where they are lower than before."""
    lower = {"version": _version(new) < _version(old), "updated": _updated(new) < _updated(old)}
    for column, is_lower in lower.items():
        if is_lower:
            facts = {"value": new.descriptor.get(column, ""), "was": old.descriptor.get(column, "")}
            yield at(None, column=column, **facts)


def _rows_become_others(old: Package, plan: Package) -> Iterator[Hit]:
    """The rows whose id was another row's: one that reads another clause or, of clauses, has another text."""
    for name, table in old.tables.items():
        if name not in _COUNTED or name not in plan.tables:
            continue
        column = "text" if name == "clauses" else "clause_id"
        if column in table.columns:
            before = {row[table.columns[0]]: row for row in table.rows}
            for row in plan[name]:
                was = before.get(row[table.columns[0]])
                if was is not None and not _same(squeezed(was[column]), squeezed(row[column]), name == "clauses"):
                    yield at(
                        plan.tables[name], row, table.columns[0], id=row[table.columns[0]], what=_about(table, was)
                    )


def _ids_exchanged(old: Package, new: Package) -> Iterator[Hit]:
    """The first row of each table that has, but for its id, every cell of another row of the base, whose id is another
    row's now; those that read another clause are told by that.
    """
    for name, table in new.tables.items():
        was, key = old.tables.get(name), table.columns[0]
        if was is None or was.columns != table.columns or not key.endswith("_id") or was.rows == table.rows:
            continue
        before, now = {row[key]: row for row in was.rows}, {row[key] for row in table.rows}
        owners = {_rest(row): own for own, row in before.items()}
        for row in table.rows if len(owners) == len(was.rows) else ():
            own, owner = row[key], owners.get(_rest(row), row[key])
            if owner != own and {owner, own} <= before.keys() & now and _of_one_clause(before[own], row):
                yield at(table, row, key, id=own, what=owner)
                break


def _of_one_clause(one: Row, other: Row) -> bool:
    return bool(one.get("clause_id") == other.get("clause_id"))


def _rest(row: Row) -> tuple[str, ...]:
    """The cells of a row behind its id."""
    return tuple(map(str, list(row.values())[1:]))


def _same(one: str, other: str, parted: bool) -> bool:
    """Whether two values are the same, or one was cut out of the other, where that makes no other row: a clause that
    was parted is the same clause.
    """
    return one == other or (parted and bool(one and other) and (one in other or other in one))


def _about(table: Table, row: Row) -> str:
    """What a row is about, in a few words of it."""
    names = ("indicator", "name", "title", "quote", "text", "statement")
    return str(next((row[name][:20] for name in names if row.get(name)), row[table.columns[0]]))


def _raised(old: Package, plan: Package) -> bool:
    return _version(plan) > _version(old) and _updated(plan) >= _updated(old)


def _updated(package: Package) -> str:
    """The date of a package's version, whatever stands there."""
    return str(package.descriptor.get("updated", ""))


def _version(package: Package) -> tuple[int, ...]:
    return numbers(package.descriptor.get("version", "0"))


def _differs(old: Package, plan: Package) -> bool:
    """Whether a table or the source changed since."""
    return old.source != plan.source or any(
        list(table.rows) != list(plan[name]) for name, table in old.tables.items() if name in plan.tables
    )
