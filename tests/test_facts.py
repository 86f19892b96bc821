"""The facts of a plan: joined rows, highlights in the document, and the series of the tiny project."""

from __future__ import annotations

import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import fields, replace
from functools import cached_property
from pathlib import Path
from types import FrameType

import pytest
from pandas import DataFrame

from openplans import pipeline
from openplans.artifacts.store import Store
from openplans.build.plan_facts import KeptPlanFacts
from openplans.facts import highlights, records
from openplans.facts.highlights import Highlight, Span, nested
from openplans.facts.model import Facts, facts
from openplans.facts.plan import PlanFacts, _before, plan_facts
from openplans.facts.promises import promises
from openplans.facts.registry import Registry, part_for, registry_of
from openplans.facts.series import lines, series, spans_differ
from openplans.packages.link import OVERALL_THEME, World, link
from openplans.packages.read import Package, read_project
from openplans.paths import Paths
from openplans.schema import contract
from tests.conftest import Silent, facts_of
from tests.rules.made import plan as made


def flat(parts: Iterable[str | Highlight]) -> str:
    return "".join(part if isinstance(part, str) else f"<{part.id}|{flat(part.parts)}>" for part in parts)


def test_spans_nest() -> None:
    spans = [Span(0, 4, "a", "target"), Span(2, 4, "b", "target")]
    assert nested("甲乙丙丁戊", spans) == (
        Highlight("a", "target", ("甲乙", Highlight("b", "target", ("丙丁",)))),
        "戊",
    )


def test_a_span_that_outlasts_another_goes_on_behind_it() -> None:
    spans = [Span(0, 3, "a", "target"), Span(2, 5, "b", "target")]
    assert flat(nested("甲乙丙丁戊", spans)) == "<a|甲乙<b|丙>><|丁戊>"


def test_two_rows_with_one_quote_have_two_anchors() -> None:
    spans = [Span(1, 3, "a", "target"), Span(1, 3, "b", "target")]
    assert flat(nested("甲乙丙", spans)) == "甲<a|<b|乙丙>>"


def test_a_note_never_splits_a_figure() -> None:
    spans = [Span(1, 4, "n", "note"), Span(2, 6, "t", "target")]
    assert flat(nested("甲乙丙丁戊己", highlights._notes_cut(spans))) == "甲<n|乙><t|<|丙丁>戊己>"


def test_in_a_table_row_the_figure_is_highlighted_in_its_own_cell(tiny_facts: Facts) -> None:
    clause = tiny_facts.plans[1].clauses[8]
    assert [flat(cell) for cell in clause.cells] == [
        "1",
        "农庄(个)/农创客(名)",
        "<t009|<t008|1>/2>",
        "<t011|<t010|3>/4>",
        "县农业局、各镇(列第一位的为牵头单位,下同)",
    ]


def test_a_clause_lies_as_deep_as_its_parents_are_many(tiny_facts: Facts) -> None:
    assert [each.level for each in tiny_facts.plans[1].clauses] == [0, 1, 2, 1, 2, 3, 1, 2, 2, 2, 1]


def test_the_highlighted_document_is_the_document(tiny_facts: Facts) -> None:
    def plain(parts: Iterable[str | Highlight]) -> str:
        return "".join(part if isinstance(part, str) else plain(part.parts) for part in parts)

    for plan in tiny_facts.plans:
        for clause in plan.clauses:
            assert "\u3000".join(plain(cell) for cell in clause.cells) == clause.text


def test_units_lead_first(tiny_facts: Facts) -> None:
    units = tiny_facts.plans[1].organizations
    assert [(unit.organization.name_zh, len(unit.tasks["lead"]), unit.count) for unit in units] == [
        ("县农业局", 1, 2), ("县住建局", 1, 2), ("省林业局", 0, 1), ("各镇", 0, 1),
    ]  # fmt: skip
    assert units[1].names == ("县住建局", "县住房和城乡建设局")


def test_a_task_stands_behind_the_one_it_is_part_of(tiny_facts: Facts) -> None:
    tasks = tiny_facts.plans[1].tasks
    assert [(task.title, len(task.targets), task.depth, task.parts) for task in tasks] == [
        ("美化村庄", 4, 0, 0),
        ("农庄/农创客", 4, 0, 1),
        ("和美乡村覆盖率", 2, 1, 0),
    ]
    assert tasks[2].above and tasks[2].above.title == "农庄/农创客"


def test_a_target_has_the_theme_and_the_english_name_of_its_concept(
    tiny: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("registry/concepts.csv", "rate,villages", "rate,goals")
    targets = {target.anchor: target for target in facts_of(tiny).plans[1].targets}
    said = {name: (target.theme.theme_id, target.name_en) for name, target in targets.items()}
    assert said["t004"] == ("goals", "Village coverage"), "its task is of another theme"
    assert said["t008"] == ("villages", "Farms")
    assert said["t002"] == ("goals", "Growth of residents' income"), "no concept: the registry's terms have its name"
    assert said["t005"] == ("villages", ""), "no concept and no term: the task's theme and no English name"


def test_the_facts_of_a_plan_need_nothing_but_its_part_of_the_registry(tiny_world: World, tiny_facts: Facts) -> None:
    registry = registry_of(tiny_world)
    for package, known in zip(tiny_world.project.plans, tiny_facts.plans, strict=True):
        part = part_for(registry, package, OVERALL_THEME)
        assert plan_facts(package, registry) == plan_facts(package, part) == known
    wide = part_for(registry, tiny_world.project.plans[0], OVERALL_THEME)
    assert set(wide.concepts) < set(registry.concepts) and set(wide.organizations) < set(registry.organizations)


def test_the_facts_of_a_plan_can_be_sent_to_another_process(tiny_facts: Facts) -> None:
    assert pickle.loads(pickle.dumps(tiny_facts.plans)) == tiny_facts.plans


def test_the_facts_of_a_plan_are_kept_by_the_hash_of_what_went_in(
    tiny: Path, edit: Callable[[str, str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(package: Package, registry: Registry) -> PlanFacts:
        made.append(package.folder.name)
        return plan_facts(package, registry)

    def asked() -> Facts:
        made.clear()
        with closing(Store(tiny / "store")) as store:
            return facts(link(read_project(Paths.of(tiny))[0]), KeptPlanFacts(store))

    monkeypatch.setattr("openplans.facts.plan.plan_facts", counted)
    first = asked()
    assert made == ["990000-wide-2025", "990101-tiny-2023"]
    again = asked()
    assert made == [] and again.plans == first.plans
    assert again.plans[1].plan.region is again.registry.regions["990101"], "what plans share stays shared"
    edit("plans/990101-tiny-2023/notes.csv", "附件没有第2行", "附件缺第2行")
    assert asked().plans[1].notes != first.plans[1].notes and made == ["990101-tiny-2023"]
    edit("regions.csv", "Example County", "Small County")
    assert asked().plans[1].plan.region.name_en == "Small County"
    assert made == ["990101-tiny-2023"], "the plan of the province does not use the county's row"


@pytest.mark.parametrize(
    ("record", "table"),
    [(records.Target, "targets"), (records.Task, "tasks"), (records.NamedProject, "projects"), (records.Note, "notes")],
)
def test_a_record_has_the_columns_of_its_table(record: type, table: str) -> None:
    columns = set(contract.fields(contract.tables("plan")[table]))
    left_out = {"accepted", "order", "theme_id"}  # about the check, about the row's place, and joined as a record
    assert columns - left_out <= {each.name for each in fields(record)}


def test_a_build_makes_each_fact_once(tiny: Path) -> None:
    of_all = {each.func.__code__: name for name, each in vars(Facts).items() if isinstance(each, cached_property)}
    made = of_all | {plan_facts.__code__: "plan_facts", promises.__code__: "promises of a plan"}
    counted: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in made:
            counted[made[frame.f_code]] += 1

    sys.setprofile(count)
    try:
        pipeline.make_site(Paths.of(tiny), Silent(), scheduler="serial")
    finally:
        sys.setprofile(None)
    plans = len(list((tiny / "datapackages/plans").iterdir()))
    assert counted.pop("plan_facts") == counted.pop("promises of a plan") == plans
    assert set(counted.values()) == {1}
    named = {"series", "comparisons", "promises", "answers", "verdicts", "organizations", "themes", "findings", "due"}
    assert {*named, "chart_points", "progress", "bulletins"} <= set(counted)


def test_values_are_compared_in_the_unit_of_their_concept(tiny_facts: Facts) -> None:
    [income] = tiny_facts.by_concept["village-income"]
    assert (income.unit, str(income.value), str(income.converted)) == ("万元", "50000", "5")


def test_a_promise_without_a_number_has_no_converted_value(tiny_facts: Facts) -> None:
    promise = tiny_facts.plans[1].targets[1]
    concept = tiny_facts.registry.concepts["village-coverage"]
    assert promise.value is None and tiny_facts.registry.amount(promise.value, promise.unit, concept) is None


def test_a_chart_has_every_value_that_differs_and_one_a_year_for_the_line(tiny_facts: Facts) -> None:
    points = lines(tiny_facts.series)
    coverage = points[points.concept_id == "village-coverage"]
    assert list(zip(coverage.region_code, coverage.year, coverage.converted, coverage.main, strict=True)) == [
        ("990000", 2025, 85.0, True),
        ("990000", 2027, 95.0, True),
        ("990101", 2023, 50.0, True),
        ("990101", 2025, 90.0, False),
        ("990101", 2025, 80.0, False),
    ]


def test_the_series_has_what_has_a_concept_in_order_and_nan_where_there_is_no_number(tiny_facts: Facts) -> None:
    [income] = tiny_facts.by_concept["village-income"]
    rows = [
        replace(income, target_id="4", concept=None),
        replace(income, target_id="3", converted=None),
        replace(income, target_id="2"),
        replace(income, target_id="1", scope="沿海各镇"),
        replace(income, target_id="0", concept_id="farms-total"),
    ]
    frame = series(rows)
    assert list(zip(frame.index, frame.target_id, frame.scope, frame.converted.isna(), strict=True)) == [
        (0, "0", "", False),
        (1, "2", "", False),
        (2, "3", "", True),
        (3, "1", "沿海各镇", False),
    ]


def test_a_value_stands_once_for_a_concept_a_region_and_a_year() -> None:
    rows = [
        ("income", "990101", "", 2025, 5.0, "t001"),
        ("income", "990101", "", 2025, 5.0, "t002"),  # said twice: the last one stands
        ("income", "990101", "", 2026, 5.0, "t003"),
        ("income", "990102", "", 2025, 5.0, "t004"),
        ("income", "990102", "", 2025, 6.0, "t005"),
        ("income", "990102", "沿海各镇", 2025, 7.0, "t006"),
        ("income", "990102", "", 2025, float("nan"), "t007"),
        ("share", "990101", "", 2025, 5.0, "t008"),
    ]
    points = lines(DataFrame(rows, columns=["concept_id", "region_code", "scope", "year", "converted", "target_id"]))
    assert list(zip(points.index, points.target_id, points.main, strict=True)) == [
        (0, "t002", True),
        (1, "t003", True),
        (2, "t004", False),
        (3, "t005", False),
        (4, "t008", True),
    ]


@pytest.mark.parametrize(
    ("basis", "start", "end", "years"),
    [
        ("by", "", "2027", 0),
        ("annual", "2023", "2027", 1),
        ("average", "2023", "2027", 1),
        ("in", "2023", "2027", 5),
        ("in", "2025", "2025", 1),
    ],
)
def test_the_years_over_which_a_value_is_counted(
    basis: str, start: str, end: str, years: int, tiny_facts: Facts
) -> None:
    target = replace(tiny_facts.plans[1].targets[0], period_basis=basis, period_start=start, period_end=end)
    assert target.span == years


def test_values_counted_over_unlike_times_share_no_axis(tiny_facts: Facts) -> None:
    frame = tiny_facts.series
    farms = frame[frame.concept_id == "farms-total"]
    assert not spans_differ(farms)
    assert spans_differ(farms.assign(span=[0, 5]))


def test_what_a_quote_says_before_its_number_begins_with_the_quote() -> None:
    text = "失业率稳定在5%,农庄达到5家,桥3座"
    package = made(clauses=[{"text": text}], targets=[{"quote": "农庄达到5家,桥3座"}])
    assert _before(package, package["targets"][0], text.index("5家")) == "农庄达到"
