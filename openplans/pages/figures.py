"""The figures that pages show: of each concept a chart, and what its page and its files tell of it.

Comes in: the facts, and the drawings of the charts. Goes out: a Figure per concept. Apart from charts, which knows no
concepts, and from the pages, which share the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup

from openplans import charts
from openplans.facts.chart_points import Points
from openplans.facts.model import Facts
from openplans.facts.records import Region
from openplans.facts.registry import Registry
from openplans.pages.contexts import Figure, FigureRow
from openplans.text.i18n import LANGUAGES, in_language, spoken


def wanted(facts: Facts) -> dict[str, charts.Chart]:
    """The chart of every concept that has two points or more, by concept, to be drawn."""
    return {concept_id: _chart(facts, concept_id, found) for concept_id, found in facts.chart_points.items()}


def figures(
    registry: Registry, wanted: dict[str, charts.Chart], drawings: Iterable[charts.Drawing]
) -> dict[str, Figure]:
    """The figure of each concept: its chart, drawn, with its words."""
    return {
        concept_id: _figure(registry, concept_id, chart, drawing)
        for (concept_id, chart), drawing in zip(wanted.items(), drawings, strict=True)
    }


def _chart(facts: Facts, concept_id: str, found: Points) -> charts.Chart:
    """The chart of a concept: totals begin at 0, percentages end at 100, and what is counted within a period is not joined."""
    registry = facts.registry
    concept, frame = registry.concepts[concept_id], found.frame
    total = concept.nature == "total"
    planned = {plan.region.region_code for plan in facts.plan.values()}
    return charts.Chart(
        points=frame,
        names={code: _spellings(registry.regions[code]) for code in sorted(planned | set(frame.region_code))},
        unit=tuple(_unit(registry, concept.unit, language) for language in LANGUAGES),
        reference=_reference(registry, frame.region_code.unique()),
        ceiling=100.0 if concept.unit == "%" else None,
        from_zero=total,
        joined=not (total and bool(frame.span.max())),
        reached=tuple(spoken("chart", each, registry.units, registry.terms).reached() for each in LANGUAGES),
        left_out={str(reason): count for reason, count in found.left_out.items()},
    )


def _reference(registry: Registry, region_codes: Iterable[str]) -> str:
    """The region that most of these belong to, themselves included; "" where there is no such: two provinces beside each other."""
    above = Counter(registry.region_chain(code)[-1] for code in region_codes)
    (first, most), *others = above.most_common(2)
    return "" if others and others[0][1] == most else first


def _figure(registry: Registry, concept_id: str, chart: charts.Chart, drawing: charts.Drawing) -> Figure:
    """A chart with its words in each language, and its points for those who hear it."""
    concept = registry.concepts[concept_id]
    names: dict[str, dict[str, str]] = {
        language: {
            **{code: each[number] for code, each in chart.names.items()},
            "unit": chart.unit[number],
            "reached": chart.reached[number],
        }
        for number, language in enumerate(LANGUAGES)
    }
    rows = [
        FigureRow(
            region=registry.regions[row["region_code"]], year=row["year"], kind=row["kind"], label=charts.label(row)
        )
        for row in chart.points.to_dict("records")
    ]
    return Figure(
        concept=concept,
        width=charts.WIDTH,
        height=drawing.height,
        svg={language: Markup(drawing.svg(names[language])) for language in LANGUAGES},
        plain={language: Markup(drawing.plain_svg(names[language])) for language in LANGUAGES},
        vega={language: drawing.interactive(names[language]) for language in LANGUAGES},
        vega_lite={language: drawing.specification(names[language]) for language in LANGUAGES},
        titles={language: charts.broken(in_language(language)(concept, "name")) for language in LANGUAGES},
        rows=rows,
        truncated=chart.truncated,
        joined=chart.joined,
        doubled=not bool(chart.points.main.all()),
        reached="reached" in set(chart.points.kind),
        left_out=dict(chart.left_out),
    )


def _spellings(region: Region) -> tuple[str, ...]:
    return tuple(in_language(language)(region, "name") for language in LANGUAGES)


def _unit(registry: Registry, unit: str, language: str) -> str:
    return unit if language == "zh" or unit not in registry.units else registry.units[unit].name_en
