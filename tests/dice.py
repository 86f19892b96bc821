"""Single changes at random in the real plans: how many does the check overlook, column by column?

Comes in: the plans, a number of changes per column, a seed. Goes out: a table of how many of the changes in each
column no rule noticed. Apart from the tests, because it measures and asserts nothing: `python -m tests.dice
[PER_COLUMN [SEED]]`. Every change keeps the schema (an allowed code, an id that is there, a date of the right form):
what a schema sees is no question here.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from openplans.packages.link import World, link
from openplans.packages.read import Package, Project, Row, read_project
from openplans.paths import HOUSE, Paths
from openplans.rules import PROJECT_CHECKS, REGISTRY_CHECKS
from openplans.rules.validate import _content_problems
from openplans.schema import contract

Change = tuple[Package, str]
"""The plan as it is after a change, and what was changed, in words."""

DELETED = "(row)"
_PERIODS = ("period", "period_start", "period_end")
_FREE = {"note", "accepted", "comment_zh", "comment_en", "order"}
"""A reader's own words, which no document proves (docs/second-reading.md), and the order, which the file itself has."""

_HEAD = ("title", "title_zh", "doc_number", "issuer", "issued", "published", "effective_start", "effective_end")


@dataclass
class Dice:
    """A seeded source of changes in the plans of a project."""

    world: World
    chance: random.Random

    def columns(self) -> Iterator[tuple[str, str]]:
        """Every (table, column) that is changed; "descriptor" has the properties of a plan's head."""
        for name, table in contract.tables("plan").items():
            if name in ("updates", "retired"):
                continue
            for field in contract.fields(table):
                if field not in _FREE and field != _key(table):
                    yield name, field
            if name not in ("clauses",):
                yield name, DELETED
        yield from (("descriptor", each) for each in _HEAD)

    def change(self, table: str, column: str) -> Change | None:
        """One change in a column of some plan; None where no row can be changed so."""
        plans = [each for each in self.world.project.plans if table == "descriptor" or each[table]]
        plan = self.chance.choice(plans)
        if table == "descriptor":
            return self._in_head(plan, column)
        rows = [each for each in plan[table] if column == DELETED or each[column] not in ("", None)]
        if not rows:
            return None
        row = self.chance.choice(rows)
        if column == DELETED:
            return self._with(plan, table, row, None), f"{_name(plan, table, row)} deleted"
        value = self._other(plan, table, column, row)
        if value is None or value == row[column]:
            return None
        changed = Row({**row, column: value})
        changed.line = row.line
        return self._with(plan, table, row, changed), f"{_name(plan, table, row)} {column}: {row[column]} -> {value}"

    def _in_head(self, plan: Package, column: str) -> Change | None:
        old = plan.descriptor.get(column)
        if old is None:
            return None
        value = self._date(old) if old[:4].isdigit() and old[4:5] == "-" else self._text(old)
        return replace(plan, descriptor={**plan.descriptor, column: value}, _by_id={}), f"{plan.id} {column}: {value}"

    def _with(self, plan: Package, table: str, row: Row, changed: Row | None) -> Package:
        rows = [changed if each is row else each for each in plan[table]]
        copy = replace(plan.tables[table], rows=[each for each in rows if each is not None])
        return replace(plan, tables={**plan.tables, table: copy}, _by_id={})

    def _other(self, plan: Package, table: str, column: str, row: Row) -> Any:
        """Another value that the schema would take."""
        field = contract.fields(contract.tables("plan")[table])[column]
        allowed = field.get("constraints", {}).get("enum")
        target = _target(table, column)
        if allowed:
            return self.chance.choice([each for each in allowed if each != row[column]])
        if target:
            ids = [each[plan.tables[target].columns[0]] for each in plan[target]]
            return self.chance.choice([each for each in ids if each != row[column]] or [None])
        if column == "concept_id":
            return self._concept(row[column])
        if column == "org_id":
            return self.chance.choice([each for each in self.world.organizations if each != row[column]])
        if column == "theme_id":
            return self.chance.choice([each for each in self.world.themes if each != row[column]])
        if column == "unit":
            return self.chance.choice([each for each in self.world.units if each != row[column]])
        if column in _PERIODS:
            return self._date(row[column])
        if field["type"] == "integer":
            return max(1, row[column] + self.chance.choice((-2, -1, 1, 2, 10)))
        if field["type"] == "number":
            return row[column] + self.chance.choice((Decimal(1), Decimal("0.1"), Decimal(10)))
        if column in ("indicator", "name", "title") and self.chance.random() < 0.3:
            return self.chance.choice([each[column] for each in plan[table]])
        return self._text(row[column])

    def _concept(self, concept: str) -> str | None:
        """A concept of the same dimension."""
        units = self.world.units
        dimension = units[self.world.concepts[concept]["unit"]]["dimension"]
        others = [
            key
            for key, each in self.world.concepts.items()
            if key != concept and units[each["unit"]]["dimension"] == dimension
        ]
        return self.chance.choice(others or [None])

    def _date(self, date: str) -> str:
        """The date with another year or, where it has one and the dice say so, another month or day."""
        year, *rest = date.split("-")
        if rest and self.chance.random() < 0.5:
            at = self.chance.randrange(len(rest))
            rest[at] = f"{self.chance.choice([each for each in range(1, 13) if each != int(rest[at])]):02}"
            return "-".join([year, *rest])
        return "-".join([str(int(year) + self.chance.choice((-2, -1, 1, 2, 10))), *rest])

    def _text(self, text: str) -> str:
        """A letter lost, doubled, put for another, or two of them exchanged."""
        at = self.chance.randrange(len(text))
        other = self.chance.choice("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动")
        kind = self.chance.randrange(4)
        if kind == 0 and len(text) > 1:
            return text[:at] + text[at + 1 :]
        if kind == 1 and at + 1 < len(text):
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        return text[:at] + other + text[at + (kind == 2) :]


def _key(table: dict[str, Any]) -> str:
    """The id column of a table; responsibilities have none of their own."""
    keys = table["schema"]["primaryKey"]
    return keys[0] if len(keys) == 1 else ""


def _name(plan: Package, table: str, row: Row) -> str:
    return row[plan.tables[table].columns[0]] + (f" {row['org_id']}" if table == "responsibilities" else "")


def _target(table: str, column: str) -> str:
    """The table of the same package that a column leads to."""
    for key in contract.tables("plan")[table]["schema"].get("foreignKeys", []):
        if key["fields"] == [column]:
            return key["reference"]["resource"] or table
    return ""


def noticed(world: World, changed: Package) -> bool:
    """Whether the check has anything to say of a plan: its keys, and every rule."""
    project = world.project
    plans = [changed if each.folder == changed.folder else each for each in project.plans]
    after = replace(world, project=Project(project.paths, project.registry, project.observations, plans))
    judged_by_all = (check for code, check in PROJECT_CHECKS.items() if code not in REGISTRY_CHECKS)
    return (
        _broken_keys(changed)
        or any(True for _ in _content_problems(after, changed))
        or any(True for check in judged_by_all for _ in check(after))
    )


def _broken_keys(plan: Package) -> bool:
    """What Frictionless would say of keys: double ones, and ones that lead nowhere."""
    for name, table in contract.tables("plan").items():
        keys = [tuple(row[each] for each in table["schema"]["primaryKey"]) for row in plan[name]]
        if len(keys) != len(set(keys)):
            return True
        for column in contract.fields(table):
            target = _target(name, column)
            if target and any(row[column] and row[column] not in plan.by_id(target) for row in plan[name]):
                return True
    return False


def throw(
    per_column: int, seed: int, tell: Callable[[str], None] = lambda line: None
) -> Counter[tuple[str, str, bool]]:
    """How many changes there were of each (table, column, noticed)."""
    project, _ = read_project(Paths.of(HOUSE))
    dice = Dice(link(project), random.Random(seed))
    found: Counter[tuple[str, str, bool]] = Counter()
    for table, column in dice.columns():
        for _ in range(per_column):
            change = dice.change(table, column)
            if change is not None:
                seen = noticed(dice.world, change[0])
                found[table, column, seen] += 1
                if not seen:
                    tell(change[1])
    return found


def main(per_column: int, seed: int, verbose: bool) -> None:
    """Print the share that went unnoticed, column by column and over all."""
    found = throw(per_column, seed, print if verbose else lambda line: None)
    columns: defaultdict[tuple[str, str], int] = defaultdict(int)
    for (table, column, _), count in found.items():
        columns[table, column] += count
    for table, column in columns:
        missed, thrown = found[table, column, False], columns[table, column]
        print(f"{table:>16} {column:<16} {missed:>4} of {thrown:<4} {missed / thrown:6.0%}")
    missed, thrown = sum(count for (_, _, seen), count in found.items() if not seen), sum(columns.values())
    print(f"{'all':>16} {'':<16} {missed:>4} of {thrown:<4} {missed / thrown:6.1%}")


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    main(*(numbers + [30, 1][len(numbers) :]), verbose="-v" in sys.argv)
