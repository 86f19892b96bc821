"""What the dictionary says that a derived column means is what stands in it: worked out here once more, from the CSVs.

No function of the project is used but those that write the database. A column of openplans/schema/derived.json that has
no computation here fails.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from calendar import monthrange
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pytest

from openplans import database
from openplans.paths import HOUSE
from openplans.schema import contract
from tests.conftest import TINY, facts_of

Row = dict[str, str]
Cells = dict[str, object]

SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "", "approx": "约", "range": ""}
ROLES = ("lead", "co", "listed")
BOUNDS = {"about": "approx", "more": "gt", "at_least": "ge", "less": "lt", "at_most": "le"}


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def last_day(text: str) -> date:
    """The last day of 2027, 2027-06, 2027-06-15 or of what ends so (2023/2025)."""
    year, month, day = [*map(int, text.split("/")[-1].split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def number(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def unique(lists: Iterable[list[list[Row]]]) -> list[list[list[Row]]]:
    return list({id(each): each for each in lists}.values())


def on_axis(text: str) -> Fraction:
    """A day on the axis of years, whatever the year's length."""
    day = last_day(text)
    return day.year + Fraction(day.timetuple().tm_yday, 366 if monthrange(day.year, 2)[1] == 29 else 365)


class Data:
    """The CSVs of a root: rows by id, those of plans with `plan`, the folder that they stand in."""

    def __init__(self, root: Path) -> None:
        packages = root / "datapackages"
        self.about = {
            path.parent.name: json.loads(path.read_text(encoding="utf-8"))
            for path in packages.rglob("datapackage.json")
        }
        registry = {path.stem: rows(path) for path in (packages / "registry").glob("*.csv")}
        self.concepts = {each["concept_id"]: each for each in registry["concepts"]}
        self.units = {each["unit"]: each for each in registry["units"]}
        self.regions = {each["region_code"]: each for each in registry["regions"]}
        self.names = {each["org_id"]: each["name_zh"] for each in registry["organizations"]}
        [self.general] = [each["theme_id"] for each in registry["themes"] if each["theme_id"] == "goals"]
        plans = sorted((packages / "plans").iterdir())
        self.tables = {
            name: [{**each, "plan": plan.name} for plan in plans for each in rows(plan / f"{name}.csv")]
            for name in ("targets", "tasks", "projects", "responsibilities", "baselines", "clauses", "updates", "notes")
        }
        self.targets = {each["target_id"]: each for each in self.tables["targets"]}
        self.tasks = {each["task_id"]: each for each in self.tables["tasks"]}
        self.clauses = {each["clause_id"]: each for each in self.tables["clauses"]}
        self.observations = {each["observation_id"]: each for each in rows(packages / "observations/observations.csv")}
        self.searches = rows(packages / "observations/searches.csv")
        self.baselines = {each["baseline_id"]: each for each in self.tables["baselines"]}
        self.updated = max(each["updated"] for each in self.about.values())

    def region(self, row: Row) -> str:
        return str(self.about[row["plan"]]["region_code"])

    def in_unit(self, value: str, unit: str, wanted: str) -> Fraction | None:
        """A number in another unit of its dimension; without a unit it counts in `wanted` where that is a base unit."""
        if not value or unit == wanted:
            return number(value)
        if not unit and wanted in self.units and self.units[wanted]["base_unit"] == wanted:
            unit = wanted
        here, there = self.units.get(unit), self.units.get(wanted)
        if not here or not there or here["dimension"] != there["dimension"]:
            return None
        return Fraction(value) * Fraction(here["factor"]) / Fraction(there["factor"])

    def converted(self, target: Row) -> Fraction | None:
        concept = self.concepts.get(target["concept_id"])
        return self.in_unit(target["value"], target["unit"], concept["unit"]) if concept else None

    def of_task(self, task_id: str) -> list[tuple[str, str]]:
        """(unit, role) of a task in the order of its list."""
        found = [each for each in self.tables["responsibilities"] if task_id and each["task_id"] == task_id]
        ranked = sorted(found, key=lambda each: (ROLES.index(each["role"]), int(each["rank"] or 0)))
        return [(each["org_id"], each["role"]) for each in ranked]

    @cached_property
    def stated(self) -> dict[str, list[Row]]:
        """By the row that states it first, all rows of a promise."""
        found: dict[str, list[Row]] = {}
        for each in self.tables["targets"]:
            found.setdefault(each["restates"] or each["target_id"], []).append(each)
        return {key: sorted(group, key=lambda each: bool(each["restates"])) for key, group in found.items()}

    def same_thing(self, one: Row, other: Row) -> bool:
        if one["scope"] != other["scope"] or one["plan"] != other["plan"]:
            return False
        concepts = self.concepts.get(one["concept_id"]), self.concepts.get(other["concept_id"])
        if not all(concepts):
            return one["indicator"] == other["indicator"]
        if one["concept_id"] == other["concept_id"]:
            return True
        first, second = concepts
        return bool(
            {one["measure"], other["measure"]} == {"count", "cumulative"}
            and first["subject"]
            and first["nature"] == second["nature"] == "total"
            and (first["subject"], first["unit"]) == (second["subject"], second["unit"])
        )

    def answering(self, target: Row) -> dict[str, str]:
        """The weightiest role of each unit that any place names for a promise, else for the same thing."""
        group = self.stated[target["restates"] or target["target_id"]]
        named = [each for row in group for each in self.of_task(row["task_id"])]
        if not named:
            kin = [row for row in self.tables["targets"] if any(self.same_thing(own, row) for own in group)]
            named = [each for row in kin for each in self.of_task(row["task_id"])]
        found: dict[str, str] = {}
        for unit, role in named:
            found[unit] = min(found.get(unit, role), role, key=ROLES.index)
        return found

    def spoken(self, units: dict[str, str], leading: bool) -> set[str]:
        return {self.names[unit] for unit, role in units.items() if (role == "lead") == leading}

    @cached_property
    def lines(self) -> dict[str, list[list[Row]]]:
        """By the id of each row its promise: a list of steps, each the rows that state it, in the order of years."""
        parts: dict[str, list[list[Row]]] = {}
        for group in self.stated.values():
            keys = {self.line(row) for row in group}
            near = [one for one in unique(parts.values()) if keys & {self.line(each) for step in one for each in step}]
            whole = [step for one in near for step in one] + [group]
            for step in whole:
                for each in step:
                    parts[each["target_id"]] = whole
        found: dict[str, list[list[Row]]] = {}
        for line in unique(parts.values()):
            for steps in self.apart(line):
                steps.sort(key=lambda step: step[0]["period_end"][:4])
                found.update({each["target_id"]: steps for step in steps for each in step})
        return found

    def apart(self, steps: list[list[Row]]) -> list[list[list[Row]]]:
        if len({step[0]["period_end"][:4] for step in steps}) == len(steps):
            return [list(steps)]
        named: dict[object, list[list[Row]]] = {}
        for step in steps:
            named.setdefault(self.line(step[0]), []).append(step)
        if len(named) == 1:
            return [[step] for step in steps]
        return [one for part in named.values() for one in self.apart(part)]

    def place(self, row: Row) -> str:
        """正文, 附件, or 附件 › 第3行: where a row stands, without headings."""
        clause = self.clauses[row["clause_id"]]
        own, above = clause, clause
        while above["parent_id"] and above["kind"] != "annex":
            above = self.clauses[above["parent_id"]]
        alone = {"title": "标题", "signature": "落款"}.get(own["kind"], "正文")
        part = "附件" if above["kind"] == "annex" else alone
        return f"{part} › 第{own['number']}行" if own["kind"] == "table_row" and own["number"] else part

    def worded(self, row: Row) -> str:
        """What a row promises, as it is printed; the document's words where it gives no number."""
        if not row["value"]:
            return row["quote"]
        whole = (row["value"], row["unit"], row["comparator"]) == ("100", "%", "ge")
        value = "—".join(filter(None, (row["value"], row["value_max"])))
        unit = "" if row["unit"] == "比值" else row["unit"] if row["unit"] == "%" else f" {row['unit']}"
        before = (f"{each} " for each in (row["commitment"], self.kept(row)) if each)
        return f"{''.join(before)}{'' if whole else SIGNS[row['comparator']]}{value}{unit}".strip()

    @staticmethod
    def kept(row: Row) -> str | None:
        """The word that keeps a value: nothing stands between them but other values that it keeps."""
        before = f"([稳保维][定持]在)(?:[\\d.,]+[^\\d、，]{{0,4}}、)*{re.escape(row['value'])}(?![\\d.])"
        found = re.search(before, row["quote"].replace("％", "%")) if row["value"] else None
        return found[1] if found else None

    @staticmethod
    def line(row: Row) -> tuple[object, ...]:
        basis, end = row["period_basis"], int(row["period_end"][:4])
        span = {"by": 0, "in": end - int(row["period_start"][:4] or end) + 1}.get(basis, 1)
        return row["plan"], row["concept_id"] or row["indicator"], row["scope"], row["measure"], basis, span


class Told:
    """The derived tables of a database, and what should stand in them; a column's method gives the latter for a row."""

    def __init__(self, data: Data, file: Path) -> None:
        self.data = data
        with closing(sqlite3.connect(file)) as connection:
            connection.row_factory = sqlite3.Row
            self.tables = {
                name: [dict(each) for each in connection.execute(f'SELECT * FROM "{name}"')] for name in COMPUTED
            }
        self.years: dict[str, list[Cells]] = {}
        for each in self.tables["verdict_years"]:
            self.years.setdefault(str(each["target_id"]), []).append(each)

    def target(self, row: Cells) -> Row:
        return self.data.targets[str(row.get("target_id") or row["promise_id"])]

    # target_facts

    def region_code(self, row: Cells) -> object:
        return self.data.region(self.data.tasks[str(row["task_id"])] if "task_id" in row else self.target(row))

    def theme_id(self, row: Cells) -> object:
        target = self.target(row)
        concept, task = self.data.concepts.get(target["concept_id"]), self.data.tasks.get(target["task_id"])
        own = (target["theme_id"], concept and concept["theme_id"], task and task["theme_id"])
        return next(filter(None, own), self.data.general)

    def year(self, row: Cells) -> object:
        return int(self.target(row)["period_end"][:4])

    def kept(self, row: Cells) -> object:
        return self.data.kept(self.target(row))

    def converted(self, row: Cells) -> object:
        return self.data.converted(self.target(row))

    def converted_unit(self, row: Cells) -> object:
        target = self.target(row)
        return None if self.data.converted(target) is None else self.data.concepts[target["concept_id"]]["unit"]

    def lead(self, row: Cells) -> object:
        return self.data.spoken(self.data.answering(self.target(row)), True)

    def responsible(self, row: Cells) -> object:
        return self.data.spoken(self.data.answering(self.target(row)), False)

    def promise_id(self, row: Cells) -> object:
        return self.data.lines[str(row["target_id"])][-1][0]["target_id"]

    # promises

    def line(self, row: Cells) -> list[list[Row]]:
        return self.data.lines[str(row["promise_id"])]

    def steps(self, row: Cells) -> object:
        told = [(step[0]["period_end"][:4], self.data.worded(step[0])) for step in self.line(row)]
        return "；".join(f"{year}：{said}" if len(told) > 1 else said for year, said in told)

    def otherwise(self, row: Cells) -> object:
        first, *others = self.line(row)[-1]
        own, found = self.data.converted(first), {}
        for each in others:
            if (value := self.data.converted(each)) not in (None, own) and own is not None:
                found.setdefault(value, self.data.worded(each))
        return "；".join(found.values()) or None

    def statements(self, row: Cells) -> object:
        return sum(map(len, self.line(row)))

    def places(self, row: Cells) -> object:
        return "；".join(dict.fromkeys(self.data.place(each) for step in self.line(row) for each in step))

    def first_year(self, row: Cells) -> object:
        return int(self.line(row)[0][0]["period_end"][:4])

    def promise_organizations(self, row: Cells) -> dict[str, str]:
        every = [each for step in self.line(row) for each in step]
        found: dict[str, str] = {}
        for unit, role in (pair for each in every for pair in self.data.of_task(each["task_id"])):
            found[unit] = min(found.get(unit, role), role, key=ROLES.index)
        kin = (pair for each in every for pair in self.data.answering(each).items())
        for unit, role in () if found else kin:
            found[unit] = min(found.get(unit, role), role, key=ROLES.index)
        return found

    def promise_lead(self, row: Cells) -> object:
        return self.data.spoken(self.promise_organizations(row), True)

    def promise_responsible(self, row: Cells) -> object:
        return self.data.spoken(self.promise_organizations(row), False)

    # task_facts

    def task_lead(self, row: Cells) -> object:
        return self.data.spoken(dict(self.data.of_task(str(row["task_id"]))), True)

    def task_responsible(self, row: Cells) -> object:
        return self.data.spoken(dict(self.data.of_task(str(row["task_id"]))), False)

    def organization_count(self, row: Cells) -> object:
        return len(self.data.of_task(str(row["task_id"])))

    def target_count(self, row: Cells) -> object:
        return sum(each["task_id"] == row["task_id"] for each in self.data.tables["targets"])

    # comparisons

    def above(self, row: Cells) -> tuple[Row | None, str | None]:
        """The target that one is held against, or why none is."""
        data, target = self.data, self.target(row)
        code, own = data.regions[data.region(target)]["parent_code"], data.converted(target)
        there: list[Row] = []
        while code and not there:
            there = [
                each
                for each in data.tables["targets"]
                if data.region(each) == code and each["concept_id"] == target["concept_id"] and not each["scope"]
            ]
            code = data.regions[code]["parent_code"]
        of_year = [each for each in there if each["period_end"][:4] == target["period_end"][:4]]
        numbers = [each for each in of_year if data.converted(each) is not None]
        holds = {
            "no-number": own is None,
            "part-only": bool(target["scope"]),
            "no-reference": not there,
            "total": data.concepts[target["concept_id"]]["nature"] == "total",
            "other-year": not of_year,
            "reference-no-number": not numbers,
        }
        obstacle = next((why for why, so in holds.items() if so), None)
        return (None, obstacle) if obstacle else (numbers[-1], None)

    def reference_id(self, row: Cells) -> object:
        reference, _ = self.above(row)
        return reference["target_id"] if reference else None

    def obstacle(self, row: Cells) -> object:
        return self.above(row)[1]

    def relation(self, row: Cells) -> object:
        target, (reference, _) = self.target(row), self.above(row)
        if not reference:
            return None
        own, wanted = self.data.converted(target), self.data.converted(reference)
        assert own is not None and wanted is not None
        if own == wanted:
            return "same"
        better = self.data.concepts[target["concept_id"]]["better"]
        if better == "neutral":
            return "higher" if own > wanted else "lower"
        return "more" if (own > wanted) == (better == "higher") else "less"

    # verdicts

    def judged(self, row: Cells) -> Row:
        """The row by which another is judged: itself or, without a concept, the one that states its number first."""
        target = self.target(row)
        first = self.data.stated[target["restates"] or target["target_id"]][0]
        same = self.data.in_unit(target["value"], target["unit"], first["unit"]) in (None, number(first["value"]))
        return first if same and not target["concept_id"] else target

    def unit(self, row: Cells) -> object:
        """The unit of the concept of a promise, in which all that is said of it is compared; else its own."""
        judged = self.judged(row)
        concept = self.data.concepts.get(judged["concept_id"])
        return (concept["unit"] if concept else judged["unit"]) or None

    def value(self, row: Cells) -> object:
        target = self.judged(row)
        concept = self.data.concepts.get(target["concept_id"])
        lower = target["value_max"] and concept and concept["better"] == "lower"
        return self.data.in_unit(target["value_max" if lower else "value"], target["unit"], str(row["unit"] or ""))

    def as_of(self, row: Cells) -> object:
        return self.data.updated

    def due(self, row: Cells) -> object:
        return str(last_day(self.target(row)["period_end"]))

    def overdue(self, row: Cells) -> object:
        target = self.target(row)
        first = target["period_start"] if target["period_basis"] == "annual" else ""
        return int(
            str(last_day((first or target["period_end"])[:4] if first else target["period_end"])) < self.data.updated
        )

    def recorded(self, row: Cells, name: str) -> Row | None:
        key = str(row[f"{name}_id"] or "")
        return self.data.observations.get(key) or self.data.baselines.get(key)

    def rule(self, row: Cells) -> object:
        """By which of its inputs a verdict has: the rule says how they were used."""
        due = [
            each for each in self.years.get(str(row["target_id"]), ()) if f"{each['year']}-12-31" < self.data.updated
        ]
        if row["value"] is None and not self.target(row)["value"]:
            return "no-number"
        if row["figure_id"] is None and row["reason"]:
            return "only-unlike"
        if due and len(self.years[str(row["target_id"])]) > 1:
            return "newest-year"
        if row["figure_id"] is None:
            return "no-figure" if row["overdue"] else "too-little"
        if row["step_id"]:
            return "own-step"
        if row["expected"] is not None:
            return "straight-line"
        if row["reason"]:
            return "bound-open"
        return "figure-of-period" if row["figure_period"] >= self.target(row)["period_end"] else "keep-level"

    def reason(self, row: Cells) -> object:
        """Why nothing can be said: of what is recorded of the same thing, none like it, that of the newest."""
        target = self.target(row)
        if not target["value"]:
            return "text"
        if row["verdict"] != "cannot-be-said":
            return None
        if row["figure_id"]:
            return "direction" if target["comparator"] in ("eq", "approx") else "bound"
        newest = max(self.of_the_same(target), key=lambda each: last_day(each["period"]))
        if newest.get("scope", "") != target["scope"]:
            return "scope"
        if row["value"] is None or self.data.in_unit(newest["value"], newest["unit"], str(row["unit"])) is None:
            return "definition"
        growth = (target["measure"], target["period_basis"]) == ("growth", "by") and not newest.get("target_id")
        return "growth" if growth else "period"

    def of_the_same(self, target: Row) -> list[Row]:
        """The figures that are recorded of a promise's concept in its region, or of the rows of its name."""
        data = self.data
        alike = {
            each["target_id"]
            for each in data.tables["targets"]
            if each["plan"] == target["plan"] and each["indicator"] == target["indicator"]
        }
        recorded = [each for each in data.observations.values() if each["target_id"] in alike]
        if target["concept_id"]:
            recorded += [
                each
                for each in [*data.observations.values(), *data.tables["baselines"]]
                if each["concept_id"] == target["concept_id"]
                and each.get("region_code", each.get("plan")) in (data.region(target), target["plan"])
            ]
        replaced = {each["replaces"] for each in data.observations.values()}
        return [each for each in recorded if each.get("observation_id") not in replaced]

    def verdict(self, row: Cells) -> object:
        if row["rule"] == "newest-year":
            due = [each for each in self.years[str(row["target_id"])] if f"{each['year']}-12-31" < self.data.updated]
            return due[-1]["verdict"]
        settled = {"no-number": "cannot-be-said", "only-unlike": "cannot-be-said", "bound-open": "cannot-be-said",
                   "no-figure": "not-published", "too-little": "open"}  # fmt: skip
        if row["rule"] in settled:
            return settled[str(row["rule"])]
        met = self.met(row, row["value"] if row["expected"] is None else row["expected"])
        words = ("reached", "not-reached") if row["rule"] == "figure-of-period" else ("on-course", "behind")
        return words[not met]

    def met(self, row: Cells, wanted: object) -> bool:
        """Whether a figure is at least, or at most, what is wanted, as the promise or its concept has it."""
        target, figure = self.target(row), Fraction(str(row["figure_value"]))
        same = [target, *self.data.stated[target["restates"] or target["target_id"]]]
        signs = [each["comparator"] for each in same if each["comparator"] in ("ge", "gt", "le", "lt")]
        concept = self.data.concepts.get(target["concept_id"])
        sign = next(iter(signs), {"higher": "ge", "lower": "le"}.get(concept["better"], "") if concept else "")
        if not sign:
            sign = "ge" if target["measure"] in ("count", "cumulative") or target["value"] == "100" else "eq"
        limit = Fraction(str(wanted))
        return {"ge": figure >= limit, "gt": figure > limit or (row["figure_bound"] == "gt" and figure >= limit),
                "le": figure <= limit, "lt": figure < limit, "eq": figure == limit}[sign]  # fmt: skip

    def expected(self, row: Cells) -> object:
        """What the plan's own step asks, else the straight line, with two more decimals than what it stands beside."""
        if row["step_id"]:
            step = self.data.targets[str(row["step_id"])]
            return self.data.in_unit(step["value"], step["unit"], str(row["unit"] or ""))
        if row["expected"] is None:
            return None if row["rule"] != "straight-line" else "?"
        beside = [Fraction(str(row[each])) for each in ("baseline_value", "figure_value", "value")]
        start, here, end = (on_axis(str(row[each])) for each in ("baseline_period", "figure_period", "due"))
        exact = beside[0] + (beside[2] - beside[0]) * (here - start) / (end - start)
        places = 2 + max(next(n for n in range(9) if (each * 10**n).denominator == 1) for each in beside)
        return Fraction(round(exact * 10**places), 10**places)

    def step_id(self, row: Cells) -> object:
        """The row of the same thing, counted alike, that is for the year of the figure."""
        if row["rule"] != "own-step":
            return None
        target = self.target(row)
        for each in self.data.tables["targets"]:
            alike = all(each[name] == target[name] for name in ("plan", "concept_id", "scope", "measure"))
            if alike and last_day(each["period_end"]) == last_day(str(row["figure_period"])):
                return each["target_id"]
        return "?"

    def newest_id(self, row: Cells) -> object:
        """Of what is recorded of the same thing nothing is newer that is compared with it."""
        target, newest = self.target(row), self.recorded(row, "newest")
        if not newest:
            return None if not row["figure_id"] else "?"
        own = newest["concept_id"] == target["concept_id"] or newest.get("target_id") == target["target_id"]
        figure = self.recorded(row, "figure")
        later = figure and last_day(figure["period"]) > last_day(newest["period"])
        return row["newest_id"] if own and not later else "?"

    def figure_id(self, row: Cells) -> object:
        """A figure of the same thing in the same region: an actual one, or one that the plan reports."""
        figure, target = self.recorded(row, "figure"), self.target(row)
        if not figure:
            return None
        own = figure.get("region_code", self.data.region(target)) == self.data.region(target)
        return row["figure_id"] if own and figure["concept_id"] == target["concept_id"] else "?"

    def baseline_id(self, row: Cells) -> object:
        """A figure of the same thing, from before that by which it is judged; only where a line or a step is asked."""
        baseline = self.recorded(row, "baseline")
        if not baseline:
            return None if row["rule"] not in ("straight-line", "own-step") else "?"
        early = last_day(baseline["period"]) < last_day(str(row["figure_period"]))
        return row["baseline_id"] if early and baseline["concept_id"] == self.target(row)["concept_id"] else "?"

    def searched(self, row: Cells) -> object:
        """The first day after its time on which figures of its region and that year were looked for."""
        region, due = self.data.region(self.target(row)), str(row["due"])
        if row["rule"] == "newest-year":
            ends = (f"{each['year']}-12-31" for each in self.years[str(row["target_id"])])
            due = max(each for each in ends if each < self.data.updated)
        days = [
            each["looked_on"]
            for each in self.data.searches
            if each["region_code"] == region
            and each["period"][:4] <= due[:4] <= each["period"][-4:]
            and each["looked_on"] > due
        ]
        return min(days, default=None)

    # verdict_years

    def year_verdict(self, row: Cells) -> object:
        """Of a year that is over something is said; of one that is not, nothing but that it is reached already."""
        if row["figure_id"]:
            return "reached" if self.met(row, self.target(row)["value"]) else "not-reached"
        if f"{row['year']}-12-31" < self.data.updated:
            return row["verdict"] if row["verdict"] in ("not-published", "cannot-be-said") else "?"
        return "open"

    def year_figure(self, row: Cells) -> object:
        figure = self.recorded(row, "figure")
        return row["figure_id"] if not figure or figure["period"] == str(row["year"]) else "?"

    def sum(self, row: Cells, column: str) -> object:
        """A sum names the figure that it judges by and what that was held against."""
        wanted = [row["figure_value"], row["expected"]] if row["rule"] != "newest-year" else []
        digits = re.sub("[, ]", "", str(row[column]))
        named = (f"{each:g}".rstrip("0").lstrip("0.").replace(".", "") for each in wanted if each is not None)
        return row[column] if all(each in digits.replace(".", "") for each in named) else "?"


def given(name: str, part: str) -> Callable[[Told, Cells], object]:
    """A value, bound or period of the figure that `name`_id names, in the unit of the verdict."""

    def found(told: Told, row: Cells) -> object:
        figure = told.recorded(row, name)
        if not figure:
            return None
        if part == "period":
            return figure["period"]
        if part == "bound":
            return BOUNDS.get(figure.get("bound", "eq"), "eq")
        unit = row["unit"] if "unit" in row else told.unit(row)
        return told.data.in_unit(figure["value"], figure["unit"], str(unit or ""))

    return found


def figure(name: str) -> dict[str, Callable[[Told, Cells], object]]:
    return {f"{name}_{part}": given(name, part) for part in ("value", "bound", "period")}


COMPUTED: dict[str, dict[str, Callable[[Told, Cells], object]]] = {
    "target_facts": {
        "region_code": Told.region_code,
        "theme_id": Told.theme_id,
        "year": Told.year,
        "kept": Told.kept,
        "converted": Told.converted,
        "converted_unit": Told.converted_unit,
        "lead": Told.lead,
        "responsible": Told.responsible,
        "promise_id": Told.promise_id,
    },
    "promises": {
        "steps": Told.steps,
        "otherwise": Told.otherwise,
        "statements": Told.statements,
        "places": Told.places,
        "first_year": Told.first_year,
        "lead": Told.promise_lead,
        "responsible": Told.promise_responsible,
    },
    "task_facts": {
        "region_code": Told.region_code,
        "lead": Told.task_lead,
        "responsible": Told.task_responsible,
        "organization_count": Told.organization_count,
        "target_count": Told.target_count,
    },
    "comparisons": {"relation": Told.relation, "obstacle": Told.obstacle, "reference_id": Told.reference_id},
    "verdicts": {
        "verdict": Told.verdict,
        "rule": Told.rule,
        "reason": Told.reason,
        "as_of": Told.as_of,
        "due": Told.due,
        "overdue": Told.overdue,
        "value": Told.value,
        "unit": Told.unit,
        "figure_id": Told.figure_id,
        **figure("figure"),
        "baseline_id": Told.baseline_id,
        **figure("baseline"),
        "expected": Told.expected,
        "step_id": Told.step_id,
        "newest_id": Told.newest_id,
        **figure("newest"),
        "searched": Told.searched,
        "sum_zh": lambda told, row: told.sum(row, "sum_zh"),
        "sum_en": lambda told, row: told.sum(row, "sum_en"),
    },
    "verdict_years": {
        "target_id": lambda told, row: str(row["target_year"]).rpartition("-")[0],
        "year": lambda told, row: int(str(row["target_year"]).rpartition("-")[2]),
        "verdict": Told.year_verdict,
        "reason": lambda told, row: told.reason({**row, "value": told.value({**row, "unit": told.unit(row)})}),
        "figure_id": Told.year_figure,
        **figure("figure"),
    },
}
"""By table and column what should stand there, worked out from the CSVs, or from the ids that stand beside it."""

ROWS: dict[str, Callable[[Told], set[str]]] = {
    "target_facts": lambda told: set(told.data.targets),
    "promises": lambda told: {steps[-1][0]["target_id"] for steps in told.data.lines.values()},
    "task_facts": lambda told: set(told.data.tasks),
    "comparisons": lambda told: {
        key
        for key, each in told.data.targets.items()
        if each["concept_id"] and told.data.regions[told.data.region(each)]["parent_code"]
    },
    "verdicts": lambda told: set(told.data.targets),
    "verdict_years": lambda told: {
        f"{key}-{year}"
        for key, each in told.data.targets.items()
        if each["period_basis"] == "annual" and each["value"]
        for year in range(int(each["period_start"][:4]), int(each["period_end"][:4]) + 1)
    },
}
"""By table the keys of its rows."""


@pytest.fixture(scope="module", params=[TINY, HOUSE], ids=["tiny", "the plans"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    file = tmp_path_factory.mktemp("database") / "openplans.db"
    database.write(facts_of(request.param), file)
    return Told(Data(request.param), file)


def cell(value: object, wanted: object) -> object:
    """What a cell says: the names of a list as a set where one is wanted, a number as exact as SQLite has it."""
    if isinstance(wanted, set):
        names = str(value or "")
        for each in sorted(wanted, key=len, reverse=True):
            names = names.replace(each, "", 1)
        return wanted if not names.strip("、") else value
    if isinstance(wanted, Fraction):
        return (
            wanted
            if isinstance(value, int | float) and abs(value - wanted) <= abs(wanted) * Fraction(1, 10**12)
            else value
        )
    return value


def test_every_derived_column_is_worked_out_here() -> None:
    columns = {
        each["name"]: set(contract.fields(each)) - set(each["schema"]["primaryKey"]) for each in contract.derived()
    }
    assert {table: set(found) for table, found in COMPUTED.items()} == columns


@pytest.mark.parametrize("table", COMPUTED)
def test_a_table_has_a_row_for_each_thing_that_it_is_about(told: Told, table: str) -> None:
    keys = [next(iter(each.values())) for each in told.tables[table]]
    assert len(keys) == len(set(keys))
    assert set(keys) == ROWS[table](told)


@pytest.mark.parametrize(("table", "column"), [(table, column) for table in COMPUTED for column in COMPUTED[table]])
def test_a_column_holds_what_the_dictionary_says(told: Told, table: str, column: str) -> None:
    differs = []
    for row in told.tables[table]:
        wanted = COMPUTED[table][column](told, row)
        if cell(row[column], wanted) != wanted:
            differs.append((next(iter(row.values())), row[column], wanted))
    assert differs == []
