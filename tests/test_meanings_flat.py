"""What the dictionary says that a column of a flat table means is what stands in it: worked out from the CSVs.

As tests/test_meanings.py does for the derived tables, whose verdicts are taken as that test has found them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from openplans import database
from openplans.downloads import flat
from openplans.downloads.table import whole_origin
from openplans.paths import HOUSE
from openplans.schema import contract
from tests.conftest import TINY, facts_of
from tests.test_meanings import Cells, Data, Row, Told, last_day, rows

KINDS = {"target": "目标", "project": "项目", "task": "任务"}
OTHER = "plans/{plan_id}/text/#"
GROUPS = {"soon": "90天内到期", "not-reached": "到期未达到", "behind": "落后", "unreported": "到期未公布"}


@cache
def words(table: str, column: str, label: str = "label") -> dict[str, str]:
    """The words of the codes of a stored column, as the schemas have them."""
    for name in ("plan", "registry", "observations", "derived"):
        for each in json.loads((HOUSE / f"openplans/schema/{name}.json").read_text(encoding="utf-8"))["resources"]:
            if each["name"] == table:
                [field] = [one for one in each["schema"]["fields"] if one["name"] == column]
                return {one["value"]: one[label] for one in field["categories"]}
    raise KeyError(table)


class Flat:
    """The flat tables in Chinese, without an address of the site; a column's method gives what should stand there."""

    def __init__(self, root: Any, file: Any) -> None:
        self.root, facts = root, facts_of(root)
        database.write(facts, file)
        self.data = Data(root)
        self.told = Told(self.data, file)
        self.rows = flat.rows(facts, "zh", whole_origin(facts, ""), "")
        self.verdicts = {str(each["target_id"]): each for each in self.told.tables["verdicts"]}
        self.compared = {str(each["target_id"]): each for each in self.told.tables["comparisons"]}
        registry = root / "datapackages/registry"
        self.themes = {each["theme_id"]: each["name_zh"] for each in rows(registry / "themes.csv")}
        tables = self.data.tables
        self.subjects: dict[str, Row] = {
            **self.data.targets,
            **self.data.tasks,
            **{each["project_id"]: each for each in tables["projects"]},
            **{each["note_id"]: each for each in tables["notes"]},
        }
        self.ids = {id(each): key for key, each in self.subjects.items()}

    def subject(self, row: Cells) -> Row:
        """What a row is about: a target, a task, a project or a finding."""
        names = ("target_id", "project_id", "finding_id", "row_id", "task_id")
        return self.subjects[next(str(row[each]) for each in names if row.get(each))]

    def plan(self, row: Cells) -> dict[str, Any]:
        return self.data.about[self.subject(row)["plan"]]

    def upper(self, row: Cells) -> Fraction | None:
        target = self.subject(row)
        return self.data.converted({**target, "value": target["value_max"]})

    def concept(self, row: Cells) -> Row | None:
        return self.data.concepts.get(self.subject(row)["concept_id"])

    def theme_id(self, row: Cells) -> str:
        subject = self.subject(row)
        return str(self.told.theme_id(row)) if "target_id" in subject else subject["theme_id"]

    def unit_names(self, row: Cells, leading: bool) -> set[str]:
        subject = self.subject(row)
        own = dict(self.data.of_task(subject["task_id"]))
        return self.data.spoken(self.data.answering(subject) if "target_id" in subject else own, leading)

    def task(self, row: Cells) -> Row | None:
        return self.data.tasks.get(self.subject(row)["task_id"])

    def parent(self, row: Cells) -> str:
        task = self.task(row)
        return self.data.tasks[task["parent_id"]]["title"] if task and task["parent_id"] else ""

    def newest(self, row: Cells) -> Row:
        """The newest report of progress on what a row is about."""
        key = self.ids[id(self.subject(row))]
        of = ("task_id", "target_id", "project_id")
        found = [each for each in self.data.tables["updates"] if key in (each[one] for one in of)]
        return max(found, key=lambda each: each["date"], default={"status": "", "date": "", "source_url": ""})

    def verdict(self, row: Cells) -> Cells:
        return self.verdicts.get(str(self.subject(row).get("target_id", "")), {})

    def of_verdict(self, *names: str) -> Callable[[Cells], object]:
        """The first of some columns of a verdict that is filled."""
        return lambda row: next((found for each in names if (found := self.verdict(row).get(each)) is not None), "")

    def judged_by(self, row: Cells) -> Row | None:
        return self.told.recorded(self.verdict(row), "figure") if self.verdict(row) else None

    def source(self, row: Cells) -> tuple[str, str]:
        """What a figure is from: a source, or the sentence of the plan."""
        figure = self.judged_by(row)
        if not figure:
            return "", ""
        if "quote" in figure:
            return figure["quote"], f"plans/{figure['plan']}/text/#{figure['baseline_id'].rpartition('-')[2]}"
        source = self.sources[figure["source_id"]]
        return source["title"], source["url"]

    @property
    def sources(self) -> dict[str, Row]:
        return {each["source_id"]: each for each in rows(self.root / "datapackages/observations/sources.csv")}

    def sentence(self, row: Cells) -> str:
        """The address of the sentence that a row is from: that of its own quote, a task's that of its clause."""
        subject = self.subject(row)
        key = subject["clause_id"] if "title" in subject else self.ids[id(subject)]
        return f"plans/{subject['plan']}/text/#{anchor(key)}"

    def shown(self, row: Cells) -> str:
        """The address of the row itself, in the list that shows it."""
        subject = self.subject(row)
        page = "targets" if "target_id" in subject else "projects" if "project_id" in subject else "tasks"
        return f"plans/{subject['plan']}/{page}/#{anchor(self.ids[id(subject)])}"

    def reference(self, row: Cells) -> Row | None:
        return self.data.targets.get(str(self.compared[str(row["target_id"])]["reference_id"]))

    def of_reference(self, name: str) -> Callable[[Cells], object]:
        return lambda row: (self.reference(row) or {}).get(name, "")

    def region_above(self, row: Cells) -> str:
        reference = self.reference(row)
        return self.data.regions[self.data.region(reference)]["name_zh"] if reference else ""

    def sentence_above(self, row: Cells) -> str:
        reference = self.reference(row)
        return self.sentence({"target_id": reference["target_id"]}) if reference else ""

    def period(self, row: Cells) -> str:
        """到2027年, 每年，2023—2027年."""
        target = self.subject(row)
        start, end = target["period_start"], day(target["period_end"])
        basis = target["period_basis"]
        if basis == "by":
            return f"到 {end}"
        several = start != target["period_end"]
        before = "每年，" if basis == "annual" and several else "年均，" if basis == "average" else ""
        return f"{before}{f'{start}—{end}' if several else end}"

    def promised(self, row: Cells) -> str:
        """A promise with all its steps, as the derived table has it; of a list of what is due its one step."""
        target = self.subject(row)
        if "target_id" not in target:
            return ""
        if "group" in row:
            return self.data.worded(target)
        steps = {each["promise_id"]: each["steps"] for each in self.told.tables["promises"]}
        return str(steps[str(self.told.promise_id({"target_id": target["target_id"]}))])

    def role(self, row: Cells) -> str:
        """What the unit of a row is named as: for a task, or in the weightiest role for a promise."""
        subject = self.subject(row)
        own = dict(self.data.of_task(subject.get("task_id", "")))
        if "target_id" not in subject:
            return own[str(row["org_id"])]
        promise = str(self.told.promise_id({"target_id": subject["target_id"]}))
        return self.told.promise_organizations({"promise_id": promise})[str(row["org_id"])]

    def named(self, row: Cells) -> Row:
        """The row of a unit that answers for a task."""
        own = (str(row["task_id"]), str(row["org_id"]))
        return next(each for each in self.data.tables["responsibilities"] if (each["task_id"], each["org_id"]) == own)

    def english(self, row: Cells) -> str:
        """The English name of a concept, else of the words of the document."""
        concept, target = self.concept(row), self.subject(row)
        terms = {each["term"]: each["term_en"] for each in rows(self.root / "datapackages/registry/terms.csv")}
        return concept["name_en"] if concept else terms.get(target["indicator"], "")

    def places(self, row: Cells) -> str:
        subject = self.subject(row)
        if "target_id" not in subject:
            return ""
        promise = self.told.promise_id({"target_id": subject["target_id"]})
        return str(self.told.places({"promise_id": promise}))

    def due(self, row: Cells) -> object:
        """The last day of the time of a row; of a yearly promise, of one of its years."""
        subject, found = self.subject(row), row["due"]
        assert isinstance(found, date)
        if subject.get("period_basis") == "annual" and subject["period_start"][:4] <= str(found.year):
            return min(found, date(found.year, 12, 31), last_day(subject["period_end"]))
        return last_day(subject["period_end"])

    def group(self, row: Cells) -> object:
        """Within 90 days of the date of the data, or over, and what is known of it then."""
        left = (row["due"] - date.fromisoformat(self.data.updated)).days  # type: ignore[operator]
        word = self.verdict(row).get("verdict", "")
        holds = {
            "soon": 0 <= left <= 90,
            "not-reached": word == "not-reached",
            "behind": word == "behind",
            "unreported": left < 0 and (word == "not-published" or not word),
        }
        return row["group_code"] if holds[str(row["group_code"])] else "?"

    def other_place(self, row: Cells) -> str:
        clause = self.subject(row)["other_clause_id"]
        return self.data.place({"clause_id": clause}).partition(" › ")[0] if clause else ""


class Holding(str):
    """What a text has to have in it."""


def shortest(value: object) -> str:
    """A number as it is printed: 75.5, 76, 4500."""
    return f"{value:.10g}" if isinstance(value, float | int) else ""


def signed(code: str) -> str:
    sign = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈"}.get(code, "")
    return f"{sign} {words('targets', 'comparator')[code]}".strip() if code else ""


def anchor(key: str) -> str:
    return key.rpartition("-")[2]


def day(text: str) -> str:
    """2027年, 2027年6月, 2027年6月15日."""
    return "".join(f"{int(part)}{unit}" for part, unit in zip(text.split("-"), "年月日", strict=False))


def first_day(text: str) -> date:
    year, month, number = [*map(int, text.split("-")), 1, 1][:3]
    return date(year, month, number)


def coded(name: str, of: str, column: str) -> dict[str, Callable[[Flat, Cells], object]]:
    """A word and its code, which a row of a package has."""
    known = words(of, column)
    return {
        name: lambda told, row: known.get(told.subject(row).get(column, ""), ""),
        f"{name}_code": lambda told, row: told.subject(row).get(column, ""),
    }


def copied(*names: str) -> dict[str, Callable[[Flat, Cells], object]]:
    return {name: lambda told, row, name=name: told.subject(row).get(name, "") for name in names}


SOURCE: dict[str, Callable[[Flat, Cells], object]] = {
    "region": lambda told, row: told.data.regions[told.plan(row)["region_code"]]["name_zh"],
    "region_code": lambda told, row: told.plan(row)["region_code"],
    "region_level": lambda told, row: words("regions", "level")[told.data.regions[str(row["region_code"])]["level"]],
    "region_level_code": lambda told, row: told.data.regions[str(row["region_code"])]["level"],
    "plan": lambda told, row: told.plan(row)["title_zh"],
    "plan_id": lambda told, row: told.subject(row)["plan"],
    "issued": lambda told, row: told.plan(row)["issued"],
    "version": lambda told, row: told.data.about["registry"]["version"],
}
OF_ORGANIZATIONS = {name: found for name, found in SOURCE.items() if name != "issued"}
THEME: dict[str, Callable[[Flat, Cells], object]] = {
    "theme": lambda told, row: told.themes[told.theme_id(row)],
    "theme_id": lambda told, row: told.theme_id(row),
}
UNITS: dict[str, Callable[[Flat, Cells], object]] = {
    "lead": lambda told, row: told.unit_names(row, True),
    "responsible": lambda told, row: told.unit_names(row, False),
}
DAYS: dict[str, Callable[[Flat, Cells], object]] = {
    "period_first_day": lambda told, row: first_day(start) if (start := told.subject(row)["period_start"]) else None,
    "period_last_day": lambda told, row: last_day(end) if (end := told.subject(row)["period_end"]) else None,
}
STATE: dict[str, Callable[[Flat, Cells], object]] = {
    "state": lambda told, row: words("updates", "status").get(told.newest(row)["status"], "没有公布进展"),
    "state_code": lambda told, row: told.newest(row)["status"],
    "state_date": lambda told, row: told.newest(row)["date"],
    "state_link": lambda told, row: told.newest(row)["source_url"],
}
LINKS: dict[str, Callable[[Flat, Cells], object]] = {
    "row_link": lambda told, row: told.shown(row),
    "sentence_link": lambda told, row: told.sentence(row),
}
CONCEPT: dict[str, Callable[[Flat, Cells], object]] = {
    "concept": lambda told, row: (told.concept(row) or {}).get("name_zh", ""),
    "better": lambda told, row: words("concepts", "better").get((told.concept(row) or {}).get("better", ""), ""),
    "better_code": lambda told, row: (told.concept(row) or {}).get("better", ""),
}
AMOUNT: dict[str, Callable[[Flat, Cells], object]] = {
    **copied("indicator", "scope", "concept_id", "value", "value_max", "unit", "commitment", "period_end", "restates"),
    **CONCEPT,
    "comparator": lambda told, row: signed(told.subject(row)["comparator"]),
    "comparator_code": lambda told, row: told.subject(row)["comparator"],
    "commitment_en": lambda told, row: words("targets", "commitment", "label_en").get(
        told.subject(row)["commitment"], ""
    ),
    "converted": lambda told, row: told.data.converted(told.subject(row)),
    "converted_max": lambda told, row: told.data.converted(
        {**told.subject(row), "value": told.subject(row)["value_max"]}
    ),
    "converted_unit": lambda told, row: told.told.converted_unit(row),
    "period": lambda told, row: told.period(row),
    "target_id": lambda told, row: told.subject(row)["target_id"],
    "quote": lambda told, row: told.subject(row)["quote"],
}
JUDGED: dict[str, Callable[[Flat, Cells], object]] = {
    "verdict_code": lambda told, row: told.verdict(row).get("verdict", ""),
    "verdict_sum": lambda told, row: told.verdict(row).get("sum_zh", ""),
    "verdict": lambda told, row: Holding(
        words("verdicts", "verdict").get(str(told.verdict(row).get("verdict", "")), "")
    ),
    "actual": lambda told, row: Holding(shortest(told.of_verdict("figure_value", "newest_value")(row))),
    "actual_period": lambda told, row: Holding(str(told.of_verdict("figure_period", "newest_period")(row))[:4]),
}
ITEM: dict[str, Callable[[Flat, Cells], object]] = {
    "organization": lambda told, row: told.data.names[str(row["org_id"])],
    "org_id": lambda told, row: row["org_id"],
    "kind": lambda told, row: KINDS[str(row["kind_code"])],
    "kind_code": lambda told, row: told.shown(row).split("/")[2][:-1],
    "row_id": lambda told, row: told.ids[id(told.subject(row))],
    "item": lambda told, row: next(
        told.subject(row)[each] for each in ("indicator", "name", "title") if each in told.subject(row)
    ),
    "promised": lambda told, row: told.promised(row),
}

COMPUTED: dict[str, dict[str, Callable[[Flat, Cells], object]]] = {
    flat.TARGETS: {
        **SOURCE, **THEME, **UNITS, **DAYS, **LINKS, **AMOUNT, **JUDGED,
        **coded("measure", "targets", "measure"), **coded("period_basis", "targets", "period_basis"),
        **copied("period_start", "note", "task_id"),
        "indicator_en": lambda told, row: told.english(row),
        "task": lambda told, row: (told.task(row) or {}).get("title", ""),
        "actual_value": lambda told, row: told.of_verdict("figure_value", "newest_value")(row),
        "actual_unit": lambda told, row: told.verdict(row)["unit"] if row["actual"] else "",
        "verdict_rule": lambda told, row: told.verdict(row)["rule"],
        "verdict_source": lambda told, row: told.source(row)[0],
        "verdict_source_link": lambda told, row: told.source(row)[1],
    },
    flat.COMPARISONS: {
        **SOURCE, **LINKS, **AMOUNT,
        "period_last_day": DAYS["period_last_day"],
        "relation": lambda told, row: Holding(told.region_above(row)),
        "relation_code": lambda told, row: told.compared[str(row["target_id"])]["relation"],
        "obstacle": lambda told, row: words("comparisons", "obstacle").get(str(row["obstacle_code"]), ""),
        "obstacle_code": lambda told, row: told.compared[str(row["target_id"])]["obstacle"],
        "reference_region": lambda told, row: told.region_above(row),
        "reference_target_id": lambda told, row: told.compared[str(row["target_id"])]["reference_id"],
        "reference_comparator": lambda told, row: signed(str(told.of_reference("comparator")(row))),
        "reference_comparator_code": lambda told, row: told.of_reference("comparator")(row),
        "reference_value": lambda told, row: told.of_reference("value")(row),
        "reference_unit": lambda told, row: told.of_reference("unit")(row),
        "reference_converted": lambda told, row: told.data.converted(one) if (one := told.reference(row)) else None,
        "reference_quote": lambda told, row: told.of_reference("quote")(row),
        "reference_sentence_link": lambda told, row: told.sentence_above(row),
    },
    flat.TASKS: {
        **SOURCE, **THEME, **UNITS, **DAYS, **LINKS, **STATE,
        **copied("task_id", "number", "period_start", "period_end"),
        "task": lambda told, row: told.subject(row)["title"],
        "parent": lambda told, row: told.parent(row),
        "targets": lambda told, row: told.told.target_count(row),
    },
    flat.PROJECTS: {
        **SOURCE, **UNITS, **LINKS, **STATE, **coded("stage", "projects", "stage"),
        **copied("project_id", "period_end", "task_id", "quote"),
        "period_last_day": DAYS["period_last_day"],
        "project": lambda told, row: told.subject(row)["name"],
    },
    flat.RESPONSIBILITIES: {
        **SOURCE, **THEME, **LINKS, **copied("task_id", "number"),
        "organization": ITEM["organization"],
        "org_id": ITEM["org_id"],
        "name_in_source": lambda told, row: told.named(row)["name_in_source"],
        "role": lambda told, row: words("responsibilities", "role")[str(row["role_code"])],
        "role_code": lambda told, row: told.named(row)["role"],
        "rank": lambda told, row: told.named(row)["rank"],
        "task": lambda told, row: told.subject(row)["title"],
        "parent": lambda told, row: told.parent(row),
        "targets": lambda told, row: told.told.target_count(row),
        "state": STATE["state"],
        "state_code": STATE["state_code"],
    },
    flat.FINDINGS: {
        **SOURCE,
        "finding_id": lambda told, row: row["finding_id"],
        "kind": lambda told, row: words("notes", "kind")[str(row["kind_code"])],
        "kind_code": lambda told, row: told.subject(row).get("kind", "conflict"),
        "comment": lambda told, row: told.subject(row)["comment_zh"],
        "quote": lambda told, row: told.subject(row)["quote"],
        "other_quote": lambda told, row: told.subject(row)["other_quote"],
        "place": lambda told, row: Holding(told.data.place(told.subject(row)).partition(" › ")[0]),
        "other_place": lambda told, row: Holding(told.other_place(row)),
        "row_link": lambda told, row: Holding(f"#{row['finding_id']}"),
        "sentence_link": lambda told, row: told.sentence(row),
        "other_sentence_link": lambda told, row: Holding(OTHER.format(**row) if row["other_quote"] else ""),
    },
    flat.DOCKET: {
        **OF_ORGANIZATIONS, **ITEM, **JUDGED,
        "state": STATE["state"],
        "state_code": STATE["state_code"],
        "group": lambda told, row: GROUPS[str(row["group_code"])],
        "group_code": lambda told, row: told.group(row),
        "due": lambda told, row: told.due(row),
        "row_link": LINKS["row_link"],
    },
    flat.ORGANIZATION_PROMISES: {
        **OF_ORGANIZATIONS, **ITEM, **JUDGED, **LINKS,
        "role": lambda told, row: words("responsibilities", "role")[str(row["role_code"])],
        "role_code": lambda told, row: told.role(row),
        "due": lambda told, row: told.subject(row)["period_end"],
        "quote": lambda told, row: told.subject(row).get("quote", ""),
        "places": lambda told, row: told.places(row),
    },
}  # fmt: skip


@pytest.fixture(scope="module", params=[TINY, HOUSE], ids=["tiny", "the plans"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flat:
    return Flat(request.param, tmp_path_factory.mktemp("database") / "openplans.db")


def agree(value: object, wanted: object) -> bool:
    if isinstance(wanted, Holding):
        return wanted in str(value)
    if isinstance(wanted, set):
        names = str(value or "")
        for each in sorted(wanted, key=len, reverse=True):
            names = names.replace(each, "", 1)
        return not names.strip("、")
    if isinstance(wanted, Fraction | float):
        return abs(Fraction(str(value)) - Fraction(str(wanted) if isinstance(wanted, float) else wanted)) < Fraction(
            1, 10**6
        )
    if isinstance(wanted, date):
        return value == wanted
    return str("" if value is None else value) == str("" if wanted is None else wanted)


def test_every_column_of_a_flat_table_is_worked_out_here() -> None:
    columns = {name: set(contract.fields(each)) for name, each in contract.flat().items()}
    assert {name: set(found) for name, found in COMPUTED.items()} == columns


@pytest.mark.parametrize("table", COMPUTED)
def test_a_flat_table_holds_what_the_dictionary_says(told: Flat, table: str) -> None:
    differs = [
        (column, row[column], wanted)
        for row in told.rows[table]
        if not (table == flat.FINDINGS and row["finding_id"] not in told.subjects)  # found by the program
        for column, expected in COMPUTED[table].items()
        if not agree(row[column], wanted := expected(told, row))
    ]
    assert differs[:20] == []
