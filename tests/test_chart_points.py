"""What stands in a chart: targets and reached values of one concept, where they share an axis."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from openplans.facts.chart_points import Point
from openplans.facts.model import Facts
from tests.conftest import facts_of


def shown(facts: Facts, concept_id: str) -> list[tuple[object, ...]]:
    frame = facts.chart_points.get(concept_id, pd.DataFrame(columns=list(Point._fields)))
    return list(frame[["region_code", "year", "kind", "comparator", "converted"]].itertuples(index=False, name=None))


def test_observations_stand_beside_the_targets(tiny_facts: Facts) -> None:
    assert shown(tiny_facts, "village-coverage") == [
        ("990000", 2025, "target", "ge", 85),
        ("990000", 2027, "target", "eq", 95),
        ("990101", 2023, "reached", "eq", 45),
        ("990101", 2023, "target", "eq", 50),
        ("990101", 2025, "target", "ge", 90),
        ("990101", 2025, "target", "eq", 80),
    ]


def test_what_a_plan_reports_is_reached_in_the_concepts_unit(tiny_facts: Facts) -> None:
    assert shown(tiny_facts, "village-income") == [
        ("990101", 2022, "reached", "eq", 3),
        ("990101", 2025, "target", "gt", 5),
    ]


def test_a_point_leads_to_what_proves_it(tiny_facts: Facts) -> None:
    frame = tiny_facts.chart_points["village-coverage"]
    told = {row.kind: (row.printed, row.quote, row.link) for row in frame.itertuples() if row.year == 2023}
    assert told == {
        "reached": ("45%", "例县统计公报", ("indicators/village-coverage", "o0001")),
        "target": ("50%", "和美乡村覆盖率(%)　50", ("plans/990101-tiny-2023/text", "t012")),
    }


def test_the_total_of_a_province_is_not_drawn_beside_those_of_counties(
    tiny: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("concepts.csv", "income-ratio,城乡居民收入比,Urban-rural income ratio,比值,lower,rate", "income-ratio,城乡居民收入比,Urban-rural income ratio,比值,lower,total")  # fmt: skip
    assert shown(facts_of(tiny), "income-ratio") == []
    edit("concepts.csv", "village-coverage,和美乡村覆盖率,Village coverage,%,higher,rate", "village-coverage,和美乡村覆盖率,Village coverage,%,higher,total")  # fmt: skip
    assert {row[0] for row in shown(facts_of(tiny), "village-coverage")} == {"990101"}
