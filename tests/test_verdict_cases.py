"""The branches of a verdict that the rules of docs/verdicts.md meet at their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from openplans.facts import restatements
from openplans.facts.cases import cases
from openplans.facts.comparison import Comparison, comparisons
from openplans.facts.progress import Tally, added, alerts, distinct
from openplans.facts.records import FigureSearch, Observation, Target
from openplans.facts.series import series
from openplans.facts.verdicts import Comparable, Verdict, line, meets, settled
from openplans.text.period import Period
from tests.test_verdicts import (
    FACTS,
    OWN,
    PLAN,
    RATE,
    TODAY,
    again,
    baseline,
    figure,
    judged,
    number,
    of_row,
    promise,
    word,
)


def sourced(value: str, period: str, published: date | None, key: str = "o1", **more: Any) -> Observation:
    source = replace(OWN.source, published=published)
    return figure(value, period, observation_id=key, source=source, **more)


def test_a_figure_of_the_day_on_which_the_plan_begins_is_its_baseline_and_no_newer_one() -> None:
    assert word(promise("ge", "80"), figure("60", "2023-01-01", "date")) == ("open", "too-little")
    assert word(promise("ge", "80"), figure("60", "2023-01-02", "date")) == ("open", "too-little")  # no baseline
    on_the_day = (figure("60", "2023-01-01", "date", observation_id="o1"), figure("68", "2024", observation_id="o2"))
    assert word(promise("ge", "80"), *on_the_day)[1] == "straight-line"


def test_a_level_to_be_kept_of_which_nothing_is_recorded_is_open() -> None:
    assert word(promise("le", "5", quote="失业率控制在5%以内")) == ("open", "too-little")


def test_what_is_recorded_beyond_the_end_is_no_step_there() -> None:
    """Of 2026 before the end of 2025: nothing asks for it, and the figure of 2024 is the newest on the way."""
    rows = (
        promise("ge", "80", "2025"),
        figure("50", "2022", observation_id="o1"),
        figure("70", "2024", observation_id="o2"),
    )
    assert word(*rows) == word(*rows, figure("99", "2026", observation_id="o3")) == ("on-course", "straight-line")
    early = figure("72", "2025", observation_id="o3")  # of the end itself, told before that has come
    assert word(*rows, early) == ("behind", "straight-line")


def test_of_two_baselines_of_one_day_the_plans_own_counts() -> None:
    [found] = judged(
        promise("ge", "80"), baseline("60", "2022"), figure("50", "2022"), figure("68", "2024", observation_id="o2")
    )
    assert found.baseline and number(found.baseline.value) == "60"
    [found] = judged(
        promise("ge", "80"), baseline("60", "2021"), figure("50", "2022"), figure("68", "2024", observation_id="o2")
    )
    assert found.baseline and number(found.baseline.value) == "50"


def test_a_baseline_that_meets_the_promise_exactly_is_kept() -> None:
    kept = (promise("ge", "80"), figure("80", "2022", observation_id="o1"), figure("80", "2024", observation_id="o2"))
    assert word(*kept) == ("on-course", "keep-level")


@pytest.mark.parametrize(
    ("bound", "value", "direction", "strict", "expected"),
    [
        ("eq", "5", 1, False, True), ("eq", "5", 1, True, False), ("eq", "6", 1, True, True),
        ("eq", "4", 1, False, False),
        ("eq", "5", -1, False, True), ("eq", "5", -1, True, False), ("eq", "4", -1, True, True),
        ("eq", "6", -1, False, False),
        ("approx", "5", 1, False, True), ("approx", "4", 1, False, False),
        ("gt", "5", 1, True, True), ("ge", "5", 1, True, None), ("ge", "5", 1, False, True),
        ("gt", "4", 1, False, None),
        ("gt", "6", 1, True, True), ("gt", "6", -1, False, None), ("lt", "5", -1, True, True),
        ("le", "5", -1, True, None),
        ("le", "5", -1, False, True), ("lt", "6", -1, False, None), ("lt", "4", 1, False, None),
        ("lt", "4", -1, True, True),
    ],
)  # fmt: skip
def test_a_figure_with_a_bound_meets_five(
    bound: str, value: str, direction: int, strict: bool, expected: bool | None
) -> None:
    row = replace(figure(value, "2024"), comparator=bound)
    assert meets(Comparable(row, Decimal(value)), Decimal(5), direction, strict=strict) is expected


def test_a_straight_line_goes_through_both_its_ends() -> None:
    begun = Comparable(figure("40", "2022"), Decimal(40))
    ends = [line(begun, date(year, 12, 31), Decimal(60), date(2024, 12, 31)) for year in (2022, 2023, 2024, 2025)]
    assert ends == [40, 50, 60, 70]


def test_the_newest_of_figures_for_one_time_is_by_state_then_day_then_id() -> None:
    ordered = [
        sourced("1", "2023", None, "o1"), sourced("1", "2023", None, "o2"),
        sourced("1", "2023", date(2024, 1, 1), "o0"),
        sourced("1", "2023", date(2024, 2, 1), "o0"), sourced("1", "2023", None, "o0", state="final"),
    ]  # fmt: skip
    compared = [Comparable(each, Decimal(1)) for each in ordered]
    assert sorted([*compared[2:], *compared[:2]], key=settled) == compared


def test_what_a_figure_knows_of_itself() -> None:
    published, reported = (
        Comparable(sourced("1", "2023", date(2024, 1, 1)), Decimal(1)),
        Comparable(baseline("1", "2022"), Decimal(1)),
    )
    assert (published.id, published.published, published.bound, published.state) == ("o1", date(2024, 1, 1), "eq", "")
    assert (reported.id, reported.published, reported.bound, reported.state) == (
        "990101-tiny-2023-b001",
        None,
        "eq",
        "",
    )
    assert Comparable(sourced("1", "2023", None, state="final", bound="about"), Decimal(1)).bound == "approx"
    assert Comparable(sourced("1", "2023", None, state="final"), Decimal(1)).state == "final"


def test_a_case_on_an_earlier_day_knows_what_was_published_by_then() -> None:
    row = promise("ge", "80", "2023")
    old, new = (
        sourced("79", "2023", date(2024, 1, 1), "o1"),
        sourced("81", "2023", date(2024, 2, 1), "o2", replaces="o1"),
    )
    half = sourced("80", "2023-06", date(2024, 2, 1), "o3", kind="half")
    unknown = sourced("90", "2023", None, "o4")
    plan = replace(PLAN, targets=(row,), baselines=())
    [case] = cases([plan], [old, new, half, unknown], FACTS.registry, TODAY)
    known = {day: case.on(date(2024, *day)) for day in ((1, 1), (1, 31), (2, 1))}
    assert [len(each.like) for each in known.values()] == [1, 1, 2] and [
        len(each.unlike) for each in known.values()
    ] == [0, 0, 1]
    assert [each.verdict().word for each in known.values()] == ["not-reached", "not-reached", "reached"]
    assert known[1, 1].as_of == date(2024, 1, 1) and [len(each.replacing) for each in known.values()] == [0, 0, 1]
    assert case.on(date(2023, 12, 31)).verdict().word == "open"
    with_own = replace(plan, baselines=(baseline("50", "2022"),))
    [case] = cases([with_own], [old], FACTS.registry, TODAY)
    assert [each.id for each in case.on(date(2020, 1, 1)).like] == ["990101-tiny-2023-b001"]


def test_what_is_not_published_says_since_when_it_was_looked_for() -> None:
    """Since the first day after its end; not by a search for other years or regions, nor by one of a later day."""
    promises = {2023: promise("ge", "80", "2023"), 2024: promise("ge", "90", "2024")}
    searches = [
        FigureSearch(search_id=f"q00{n}", region=region, time=Period.parse(years), looked_on=day)
        for n, (region, years, day) in enumerate(
            [
                (PLAN.plan.region, "2020/2024", date(2023, 12, 31)),
                (replace(PLAN.plan.region, region_code="990000"), "2020/2024", date(2024, 1, 1)),
                (PLAN.plan.region, "2020/2022", date(2024, 1, 2)),
                (PLAN.plan.region, "2020/2023", date(2024, 1, 3)),
                (PLAN.plan.region, "2023", date(2024, 1, 4)),
            ]
        )
    ]
    plan = replace(PLAN, targets=(promises[2023],), baselines=())
    [case] = cases([plan], [], FACTS.registry, TODAY, searches)
    assert case.verdict().searched == date(2024, 1, 3)
    assert case.on(date(2024, 1, 2)).verdict().searched is None
    [unsearched] = cases([replace(plan, targets=(promises[2024],))], [], FACTS.registry, TODAY, searches)
    assert unsearched.verdict().searched is None


@pytest.mark.parametrize(
    ("own", "figures", "reason"),
    [
        ({"value": None, "comparator": "eq"}, ["80"], "text"),
        ({"value": None, "comparator": "relative"}, [], "text"),
    ],
)
def test_what_cannot_be_converted_is_not_compared(own: dict[str, Any], figures: list[str], reason: str) -> None:
    [found] = judged(replace(promise("ge", "80", "2023"), **own), *(figure(each, "2023") for each in figures))
    assert (found.word, found.reason) == ("cannot-be-said", reason)


def test_a_bare_number_whose_concept_is_in_another_unit_promises_nothing_that_can_be_compared() -> None:
    """80 in a cell without a unit, of a concept in 亿元: 80 of what, nobody can say."""
    income = FACTS.registry.concepts["village-income"]
    bare = replace(promise("ge", "80", "2023", concept=income), unit="", converted=None)
    [silent] = judged(bare)
    [found] = judged(bare, figure("80", "2023", concept_id="village-income", unit="亿元"))
    assert (silent.word, silent.value) == ("not-published", None)
    assert (found.word, found.reason, found.value) == ("cannot-be-said", "definition", None)


def test_a_growth_over_an_unnamed_base_is_compared_with_what_was_recorded_for_the_row_itself() -> None:
    growth = promise("ge", "6", "2024", **{**RATE, "measure": "growth"}, unit="%")
    assert word(growth, of_row(growth, "7", "2024"))[0] == "reached"
    within = promise("ge", "6", "2024", measure="growth", period_basis="in", period_start="2024")
    assert word(within, figure("7", "2024"))[0] == "reached"


@pytest.mark.parametrize(
    ("basis", "start", "end", "figure_of", "fits"),
    [
        ("by", "", "2024", ("2024", "year"), True), ("by", "", "2024", ("2024-12-31", "date"), True),
        ("by", "", "2024", ("2024-12", "month"), False), ("by", "", "2024-06", ("2024-06", "month"), True),
        ("by", "", "2024-06", ("2024-06", "half"), False), ("by", "", "2024-06", ("2024-06-30", "date"), True),
        ("annual", "2023", "2024", ("2024", "year"), True), ("annual", "2023", "2024", ("2024-12-31", "date"), False),
        ("in", "2024", "2024", ("2024", "year"), True), ("in", "2024", "2024", ("2024-12-31", "date"), False),
        ("in", "2024-06", "2024-06", ("2024-06", "month"), True),
        ("in", "2024-06-30", "2024-06-30", ("2024-06-30", "date"), False),
        ("in", "2023", "2024", ("2023/2024", "span"), True), ("in", "2023", "2024", ("2022/2024", "span"), False),
        ("in", "2022", "2024", ("2022/2025", "span"), False), ("in", "2023", "2024", ("2024", "year"), False),
    ],
)  # fmt: skip
def test_a_figure_is_compared_over_a_time_like_the_promises(
    basis: str, start: str, end: str, figure_of: tuple[str, str], fits: bool
) -> None:
    row = promise("ge", "80", end, period_basis=basis, period_start=start, measure="count")
    [found] = judged(row, figure("80", *figure_of))
    assert found.unlike == () if fits else [each.reason for each in found.unlike] == ["period"]


def test_the_newest_of_what_is_unlike_says_why_and_what_was_replaced_says_nothing() -> None:
    late, early = (
        figure("80", "2024-06", "half", observation_id="o1"),
        figure("80", "2023", observation_id="o2", scope="沿海"),
    )
    [found] = judged(promise("ge", "80"), late, early)
    assert [each.reason for each in found.unlike] == ["scope", "period"] and found.reason == "period"
    [found] = judged(promise("ge", "80"), replace(late, replaced_by="o9"), early)
    assert [each.reason for each in found.unlike] == ["scope"]


def test_a_bare_number_is_meant_as_its_promise_says_elsewhere() -> None:
    body = promise("ge", "90", "2023", 1, **RATE)
    for sign, other, expected in (("eq", "90", "reached"), ("eq", "80", "reached"), ("le", "90", "reached")):
        annex = again(2, body, value=other, comparator=sign)
        found = {each.target.target_id[-1]: each.word for each in judged(body, annex, of_row(annex, "95", "2023"))}
        assert found["2"] == expected, (sign, other)
    strict = promise("gt", "90", "2023", 1, **RATE)
    exact = {
        value: judged(strict, again(2, strict, value=value), of_row(strict, value, "2023"))[1].word
        for value in ("90", "80")
    }
    assert exact == {"90": "not-reached", "80": "reached"}  # at another number only its side is known


def test_what_the_plan_reports_of_a_thing_without_a_concept_is_found_by_its_name() -> None:
    row = promise("ge", "80", **RATE, unit="%")
    own = replace(baseline("60", "2022"), concept_id="", indicator="处理率")
    assert word(row, own, of_row(row, "70", "2024"))[1] == "straight-line"
    assert word(row, replace(own, indicator="另一率"), of_row(row, "70", "2024"))[1] == "too-little"
    restated = again(2, row, value="90", indicator="达标处理的比例")
    assert (
        word(row, restated, replace(own, indicator="达标处理的比例"), of_row(row, "70", "2024"))[1] == "straight-line"
    )


def test_what_was_recorded_for_a_row_of_the_same_thing_counts() -> None:
    first, later = promise("ge", "80", "2024", 1, **RATE), promise("ge", "90", "2027", 2, **RATE)
    assert word(first, later, of_row(later, "85", "2024"))[0] == "reached"
    assert word(first, replace(later, scope="沿海"), of_row(later, "85", "2024"))[0] == "not-published"
    assert word(first, replace(later, measure="level"), of_row(later, "85", "2024"))[0] == "not-published"
    assert word(first, replace(later, indicator="另一率"), of_row(later, "85", "2024"))[0] == "not-published"


def test_what_was_recorded_of_another_region_for_a_row_says_nothing() -> None:
    row = promise("ge", "80", "2023", **RATE)
    elsewhere = of_row(row, "90", "2023", region=FACTS.registry.regions["990000"])
    assert word(row, elsewhere) == ("not-published", "no-figure")


def test_steps_are_of_the_same_scope_measure_and_basis_and_before_the_end() -> None:
    own, actual = promise("ge", "90"), (baseline("40", "2022"), figure("55", "2024"))
    assert word(own, promise("ge", "50", "2024", 2), *actual)[1] == "own-step"
    for other in ({"scope": "沿海"}, {"measure": "level"}, {"period_basis": "in", "period_start": "2024"}):
        assert word(own, promise("ge", "50", "2024", 2, **other), *actual)[1] == "straight-line"
    assert word(own, promise("relative", None, "2024", 2), *actual)[1] == "straight-line"
    assert (
        word(promise("ge", "90", period_basis="average", period_start="2023"), promise("ge", "50", "2024", 2), *actual)[
            1
        ]
        != "own-step"
    )


def test_a_step_is_found_by_the_name_under_which_its_promise_is_stated_again() -> None:
    body, step = promise("ge", "90", **RATE), promise("ge", "50", "2024", 3, **RATE | {"indicator": "另一率"})
    annex, actual = (
        again(2, body, indicator="另一率"),
        replace(baseline("40", "2022"), concept_id="", indicator="处理率"),
    )
    assert word(body, annex, step, actual, of_row(body, "55", "2024"))[1] == "own-step"
    assert word(body, step, actual, of_row(body, "55", "2024"))[1] == "straight-line"


@pytest.mark.parametrize(
    ("basis", "start", "overdue"), [("annual", "2024", True), ("annual", "2026", False), ("by", "", False)]
)
def test_a_yearly_promise_without_a_number_is_due_with_its_first_year(basis: str, start: str, overdue: bool) -> None:
    [told] = judged(promise("relative", None, "2027", 1, period_basis=basis, period_start=start))
    assert (told.word, told.rule, told.overdue) == ("cannot-be-said", "no-number", overdue)


# --- Counting -------------------------------------------------------------------------------------


def alerted(day: date, *verdicts: Verdict) -> list[tuple[str, str]]:
    return [(each.kind, str(each.due)) for each in alerts(verdicts, day)]


def test_early_warnings() -> None:
    [behind] = judged(promise("ge", "80", "2025"), baseline("60", "2022"), figure("61", "2024"))
    [silent] = judged(promise("ge", "80", "2025"))
    [known] = judged(promise("ge", "80", "2025"), figure("61", "2024"))
    [late] = judged(promise("ge", "80", "2024"))
    assert (behind.word, silent.word, known.word, late.word) == ("behind", "open", "open", "not-published")
    assert alerted(TODAY, behind) == [("behind", "2025-12-31")] and alerted(TODAY, silent) == [("silent", "2025-12-31")]
    assert alerted(TODAY, known) == [] == alerted(TODAY, late)
    assert alerted(date(2024, 12, 31), late) == [("silent", "2024-12-31")]  # on the day itself
    assert (
        alerted(date(2024, 12, 31), silent) == [("silent", "2025-12-31")] and alerted(date(2024, 12, 30), silent) == []
    )
    assert alerted(date(2024, 2, 29), late) == [("silent", "2024-12-31")]


def test_early_warnings_are_in_order() -> None:
    rows = [promise("ge", "80", end, number) for number, end in ((1, "2025-12"), (2, "2025-06"), (3, "2025-06"))]
    silent = [
        replace(each, target=row, due=row.time.end) for row in rows for each in judged(promise("ge", "80", "2025"))
    ]
    by_day = [each.verdict.target.target_id[-1] for each in alerts(reversed(silent), TODAY)]
    assert by_day == ["1", "2", "3"] or by_day == ["2", "3", "1"]


def test_tallies_of_different_promises_are_added() -> None:
    one, two = Tally(2, 1, 1, {"reached": 1, "open": 2}), Tally(3, 2, 0, {"open": 1})
    both = added([one, two])
    assert (both.total, both.due, both.published, dict(both.words), both.verdicts) == (
        5,
        3,
        1,
        {"reached": 1, "open": 3},
        4,
    )


def test_one_verdict_stands_for_its_restatements() -> None:
    body = promise("ge", "90", "2023", 1, **RATE)
    found = judged(body, again(2, body), again(3, body, value="80"))
    assert [each.target.target_id[-1] for each in distinct(found)] == ["1", "3"]


# --- Restatements and comparisons -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ({}, {}, False), ({"value": Decimal(81)}, {}, True), ({"value": None}, {}, True),
        ({"value": None}, {"value": None}, False),
        ({"value_max": Decimal(90)}, {}, True), ({"value_max": Decimal(90)}, {"value_max": Decimal(90)}, False),
        ({"value": Decimal(1), "unit": "亿元"}, {"value": Decimal(10000), "unit": "万元"}, False),
        ({"value": Decimal(1), "unit": "亿元"}, {"value": Decimal(1), "unit": "万元"}, True),
        ({"unit": "家"}, {"unit": "万元"}, False),  # which cannot be converted
    ],
)  # fmt: skip
def test_two_targets_differ_by_their_numbers(one: dict[str, Any], other: dict[str, Any], differ: bool) -> None:
    first, second = (replace(promise("ge", "80"), **own) for own in (one, other))
    assert (
        restatements.differ(FACTS.registry, first, second)
        is differ
        is restatements.differ(FACTS.registry, second, first)
    )


FLOW: dict[str, Any] = {"measure": "count", "clause_id": "c1"}


@pytest.mark.parametrize(
    ("own", "naming", "found"),
    [
        ({}, {}, True), ({}, {"scope": "沿海"}, False),
        ({"concept": None, "indicator": "甲"}, {"concept": None, "indicator": "甲"}, True),
        ({"concept": None, "indicator": "甲"}, {"concept": None, "indicator": "乙"}, False),
        ({"concept": None, "indicator": "甲"}, {"indicator": "乙"}, False),
    ],
)  # fmt: skip
def test_what_names_a_unit_is_kindred_where_it_is_of_one_thing(
    own: dict[str, Any], naming: dict[str, Any], found: bool
) -> None:
    promised, named = promise("ge", "80", "2025", 1, **own), promise("ge", "90", "2027", 2, **naming)
    other = promise("ge", "80", "2025", 3, concept=None, indicator="另一件")
    assert restatements.kindred([promised], restatements.by_thing([named])) == ([named] if found else [])
    any_row = restatements.kindred([other, promised], restatements.by_thing([named]))
    assert any_row == ([named] if found else [])
    one_a_clause = restatements.kindred([promised], restatements.by_thing([named, replace(named, target_id="x")]))
    assert one_a_clause == ([named] if found else [])


def test_a_promise_is_held_against_those_alone_that_may_be_kindred(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [promise("ge", "1", number=each, concept=None, indicator=f"第{each}件") for each in range(50)]
    near = restatements.by_thing(rows)
    asked: list[str] = []
    monkeypatch.setattr(restatements, "_of_one_thing", lambda one, other: asked.append(other.indicator) or True)
    assert [restatements.kindred([row], near) for row in rows] == [[row] for row in rows]
    assert len(asked) == len(rows)


def test_what_is_new_of_a_subject_is_kindred_to_what_there_is_of_it() -> None:
    farms = FACTS.registry.concepts["farms-total"]
    new = replace(farms, concept_id="farms-new")

    def kindred(one: dict[str, Any], other: dict[str, Any]) -> bool:
        rows = [promise("ge", "5", concept=own.pop("concept"), **own) for own in (dict(one), dict(other))]
        return bool(restatements.kindred(rows[:1], restatements.by_thing(rows[1:])))

    stock, flow = {"concept": farms, "measure": "cumulative"}, {"concept": new, "measure": "count"}
    assert kindred(stock, flow) and kindred(flow, stock)
    assert not kindred({**stock, "measure": "count"}, flow) and not kindred(stock, {**flow, "measure": "cumulative"})
    for other in ({"subject": "桥"}, {"unit": "家"}, {"nature": "rate"}):
        assert not kindred(stock, {**flow, "concept": replace(new, **other)})
    assert not kindred({**stock, "concept": replace(farms, subject="")}, {**flow, "concept": replace(new, subject="")})


def compared(row: Target, *references: Target) -> Comparison:
    rows = {each.target_id: each for each in (row, *references)}
    return comparisons(series(rows.values()), rows, FACTS.registry)[row.target_id]


@pytest.mark.parametrize(
    ("own", "reference", "relation", "obstacle"),
    [
        ("90", "80", "more", None), ("70", "80", "less", None), ("80", "80", "same", None),
        (None, "80", None, "no-number"),
        ("90", None, None, "reference-no-number"),
    ],
)  # fmt: skip
def test_a_target_stands_to_that_of_the_region_above(
    own: str | None, reference: str | None, relation: str | None, obstacle: str | None
) -> None:
    above = FACTS.registry.regions["990000"]
    row, other = promise("ge", own, "2025", 1), replace(promise("ge", reference, "2025", 2), region=above)
    found = compared(row, other)
    assert (found.relation, found.obstacle, found.reference) == (relation, obstacle, other if relation else None)
    neutral, lower = (
        replace(FACTS.registry.concepts["village-coverage"], better=each) for each in ("neutral", "lower")
    )
    turned = {"more": "less", "less": "more"}
    assert compared(replace(row, concept=lower), other).relation == turned.get(relation or "", relation)
    assert compared(replace(row, concept=neutral), other).relation == {"more": "higher", "less": "lower"}.get(
        relation or "", relation
    )


def test_why_a_target_cannot_be_compared() -> None:
    above = FACTS.registry.regions["990000"]
    row, other = promise("ge", "90", "2025", 1), replace(promise("ge", "80", "2025", 2), region=above)
    assert compared(replace(row, scope="沿海"), other).obstacle == "part-only"
    assert compared(row).obstacle == "no-reference" == compared(row, replace(other, scope="沿海")).obstacle
    total = replace(FACTS.registry.concepts["village-coverage"], nature="total")
    assert compared(replace(row, concept=total), other).obstacle == "total"
    assert compared(row, replace(other, period_end="2027")).obstacle == "other-year"
    rows = {each.target_id: each for each in (row, other)}
    topmost = {*rows} - {*comparisons(series(rows.values()), rows, FACTS.registry)}
    assert topmost == {other.target_id}
    none = replace(promise("ge", None, "2025", 3), region=above)
    last = replace(promise("ge", "70", "2025", 4), region=above)
    assert compared(row, none, other).reference == other == compared(row, other, none).reference
    assert compared(row, other, last).reference == last
