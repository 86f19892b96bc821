"""The chart of each concept, with what its page and its files tell of it.

Comes in: the facts, and the drawings of the charts. Goes out: a ConceptChart for each concept. Apart from charts, which
knows no concepts, and from the pages, which share the charts. The words stand in templates/files/chart.j2, the
title, which is a sentence, in sentence.j2 (`asks`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypedDict

import pandas as pd
from markupsafe import Markup

from openplans import charts, routes
from openplans.charts.chart import Form
from openplans.charts.style import Size
from openplans.facts.chart_points import Points
from openplans.facts.model import Facts
from openplans.facts.records import Plan
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Concept, Region
from openplans.text.i18n import LANGUAGES, in_language, macros

SlotWords = dict[str, dict[str, str]]
"""What fills the slots of a chart, by language."""


class ChartPoint(TypedDict):
    """A point of a chart for those who hear it."""

    region: Region
    year: int
    kind: str
    label: dict[str, str]


class SizedChart(TypedDict):
    """A chart as it is drawn for a size. `svg` and `plain`: what stands inside the SVG element of a page and of a file,
    by language, as are `vega` and `vega_lite` (JSON)."""

    size: Size
    height: float
    svg: dict[str, Markup]
    plain: dict[str, Markup]
    vega: dict[str, str]
    vega_lite: dict[str, str]


class ChartWords(TypedDict):
    """What is said of a chart, by language: its `titles` (the sentence made from the data), the `brief` ones of narrow
    drawings, whose marks show what a document says elsewhere; what is `measured` in which unit, its `signs` and the
    `documents` it is drawn from."""

    titles: dict[str, str]
    brief: dict[str, str]
    measured: dict[str, str]
    signs: dict[str, str]
    documents: dict[str, str]


class ConceptChart(ChartWords):
    """The chart of a concept. `form`: equal (no drawing, only the sentence), rows, lines or spread; `alone`: it
    shows one region; `views`: wide and narrow; `rows`: the points that have a mark, each with `region` and `label`;
    `truncated`: the axis does not begin at 0; `told_apart`: each region has its colour; `joined`: lines join the
    targets; `conflicts`: page and fragment of each finding that shows two values of one year; `reached`: there are
    actual figures besides targets; `left_out`: how many of these are not drawn, by reason (chart_points.Omission)."""

    concept: Concept
    form: Form
    alone: bool
    views: dict[str, SizedChart]
    rows: list[ChartPoint]
    truncated: bool
    told_apart: bool
    joined: bool
    conflicts: list[tuple[str, str]]
    reached: bool
    left_out: dict[str, int]


def wanted(facts: Facts) -> dict[str, charts.Chart]:
    """The chart of every concept that has two points or more, by concept, to be drawn."""
    words = _words(facts.registry)
    return {concept_id: _chart(facts, concept_id, found, words) for concept_id, found in facts.chart_points.items()}


def assembled(
    facts: Facts, wanted: dict[str, charts.Chart], drawings: Iterable[dict[str, charts.Drawing]]
) -> dict[str, ConceptChart]:
    """The chart of each concept, drawn, with its words."""
    words = _words(facts.registry)
    return {
        concept_id: _assembled(facts, concept_id, chart, drawn, words)
        for (concept_id, chart), drawn in zip(wanted.items(), drawings, strict=True)
    }


def _words(registry: Registry) -> list[Any]:
    """The macros that put a chart into words, in each language."""
    return [macros("chart", each, registry.units, registry.terms, registry.publisher.own) for each in LANGUAGES]


def _chart(facts: Facts, concept_id: str, found: Points, words: list[Any]) -> charts.Chart:
    """The chart of a concept: totals begin at 0, percentages end
    at 100, and what is counted within a period is not joined."""
    registry = facts.registry
    concept, frame = registry.concepts[concept_id], found.frame
    total = concept.nature == "total"
    planned = {plan.region.region_code for plan in facts.plan.values()}
    period = _period(concept, frame)
    return charts.Chart(
        points=frame,
        names={code: _spellings(registry.regions[code]) for code in sorted(planned | set(frame.region_code))},
        unit=tuple(_unit(registry, concept.unit, language) for language in LANGUAGES),
        reference=_reference(registry, frame.region_code.unique()),
        ceiling=100.0 if concept.unit == "%" else None,
        from_zero=total,
        joined=not (total and bool(frame.span.max())),
        reached=tuple(each.reached() for each in words),
        average=tuple(each.average() for each in words),
        comma=tuple(each.comma() for each in words),
        period=tuple(each.period(*period) for each in words) if period else (),
        ends={name: tuple(getattr(each, name)() for each in words) for name in ("lowest", "median", "highest")},
        left_out={str(reason): count for reason, count in found.left_out.items()},
        apart=found.apart,
    )


def _period(concept: Concept, frame: pd.DataFrame) -> tuple[int, int, int] | None:
    """The years over which a total was promised: their number, the
    first and the last (0 where they differ from place to place)."""
    goals = frame[frame.kind == "target"]
    span = int(goals.span.max()) if len(goals) else 0
    if concept.nature != "total" or not span:
        return None
    ends = sorted(set(goals.year))
    return (span, ends[0] - span + 1, ends[0]) if len(ends) == 1 else (span, 0, 0)


def _reference(registry: Registry, region_codes: Iterable[str]) -> str:
    """The region that most of these belong to, themselves included;
    "" where there is no such: two provinces beside each other."""
    above = Counter(registry.region_chain(code)[-1] for code in region_codes)
    (first, most), *others = above.most_common(2)
    return "" if others and others[0][1] == most else first


def _assembled(
    facts: Facts, concept_id: str, chart: charts.Chart, drawn: dict[str, charts.Drawing], words: list[Any]
) -> ConceptChart:
    """A chart with its words in each language, and its points for those who hear it."""
    names = _names(chart)
    conflicts = (facts.contradiction(each) for each in facts.by_concept.get(concept_id, ()) if not each.scope)
    return ConceptChart(
        **_worded(facts, concept_id, chart, names, words),
        concept=facts.registry.concepts[concept_id],
        form=chart.form,
        alone=chart.alone,
        views={name: _view(charts.SIZES[name], each, names) for name, each in drawn.items()},
        rows=[_point(facts, row, names) for row in chart.shown.to_dict("records")],
        truncated=chart.form != "equal" and chart.truncated,
        told_apart=chart.told_apart,
        joined=chart.form == "lines" and chart.joined,
        conflicts=list(dict.fromkeys(filter(None, conflicts))),
        reached=_has_reached(chart),
        left_out=dict(chart.left_out),
    )


def _worded(facts: Facts, concept_id: str, chart: charts.Chart, names: SlotWords, words: list[Any]) -> ChartWords:
    """What is said of a chart, in each language."""
    concept, answer = facts.registry.concepts[concept_id], facts.answers.get(concept_id)
    apart = [facts.registry.regions[code] for code in chart.apart]
    doubled = chart.form != "equal" and chart.doubled
    plans, publishers = _drawn_from(facts, concept_id, chart)

    def said(say: Callable[[Any, dict[str, str]], str]) -> dict[str, str]:
        return {language: say(each, names[language]).strip() for language, each in zip(LANGUAGES, words, strict=True)}

    return ChartWords(
        titles=said(lambda each, _: each.title(concept, answer)),
        brief=said(lambda each, _: each.title(concept, answer, doubled)),
        measured=said(lambda each, own: each.measured(concept, own["unit"], own.get("period", ""))),
        signs=said(lambda each, _: each.signs(chart, _has_reached(chart), apart)),
        documents=said(lambda each, _: each.documents(plans, publishers)),
    )


def _point(facts: Facts, row: dict[Hashable, Any], names: SlotWords) -> ChartPoint:
    return ChartPoint(
        region=facts.registry.regions[row["region_code"]],
        year=row["year"],
        kind=row["kind"],
        label={language: charts.filled(charts.label(row), names[language]) for language in LANGUAGES},
    )


def _has_reached(chart: charts.Chart) -> bool:
    """Whether there are actual figures among its points."""
    return "reached" in set(chart.points.kind)


def _drawn_from(facts: Facts, concept_id: str, chart: charts.Chart) -> tuple[list[Plan], list[str]]:
    """The plans whose sentences stand in a chart or its title, and who published its other figures, by name."""
    paths, fragments = ({link[part] for link in chart.points.link} for part in (0, 1))
    asking = {each.plan_id for each in facts.by_concept.get(concept_id, ())}
    plans = [each for each in facts.plan.values() if each.id in asking or routes.plan(each.id, "text") in paths]
    observed = facts.observed.get(concept_id, ())
    return plans, sorted({each.source.publisher for each in observed if each.observation_id in fragments})


def _view(size: charts.Size, drawn: charts.Drawing, names: SlotWords) -> SizedChart:
    return SizedChart(
        size=size,
        height=drawn.height,
        svg={language: Markup(drawn.svg(names[language])) for language in LANGUAGES},
        plain={language: Markup(drawn.plain_svg(names[language])) for language in LANGUAGES},
        vega={language: drawn.interactive(names[language]) for language in LANGUAGES},
        vega_lite={language: drawn.specification(names[language]) for language in LANGUAGES},
    )


def _names(chart: charts.Chart) -> SlotWords:
    return {
        language: {slot: each[number] for slot, each in {**chart.names, **chart.words}.items()}
        for number, language in enumerate(LANGUAGES)
    }


def _spellings(region: Region) -> tuple[str, ...]:
    return tuple(in_language(language)(region, "name") for language in LANGUAGES)


def _unit(registry: Registry, unit: str, language: str) -> str:
    return unit if language == "zh" or unit not in registry.units else registry.units[unit].name_en
