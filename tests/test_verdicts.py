"""The verdict on a promise: each rule and comparator, with the sum written out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openplans.facts.cases import verdicts
from openplans.facts.model import Facts
from openplans.facts.records import Baseline, Observation, Target
from openplans.facts.verdicts import WORDS, Verdict, VerdictRule
from openplans.text.comparators import keeps
from openplans.text.period import Period
from tests.conftest import TINY, facts_of

FACTS = facts_of(TINY)
PLAN = FACTS.plans[1]
OWN = next(each for each in FACTS.observations if each.observation_id == "o0001")
TODAY = date(2025, 3, 1)
COMPARATORS = {"eq": "eq", "about": "approx", "more": "gt", "at_least": "ge", "less": "lt", "at_most": "le"}


def promise(comparator: str, value: str | None, end: str = "2027", number: int = 1, **more: Any) -> Target:
    """A promise of the coverage of villages, in per cent and by the end of a year unless told otherwise."""
    amount = None if value is None else Decimal(value)
    most = Decimal(more.pop("most")) if "most" in more else None
    concept = more.get("concept", FACTS.registry.concepts["village-coverage"])
    figures = {"value": amount, "value_max": most, "unit": concept.unit if concept else more.pop("unit", "%")}
    keep = {"keeps": keeps(more["quote"])} if "quote" in more else {}
    own = replace(
        PLAN.targets[3],
        **{
            **keep,
            "target_id": f"990101-tiny-2023-t{number:03}",
            "comparator": comparator,
            "period_end": end,
            **figures,
            **more,
        },
    )
    unit = own.concept or None
    converted = {
        "converted": FACTS.registry.amount(own.value, own.unit, unit),
        "converted_max": FACTS.registry.amount(most, own.unit, unit),
    }
    return replace(own, concept_id=unit.concept_id if unit else "", **converted)


def figure(value: str, period: str, kind: str = "year", bound: str = "eq", **more: Any) -> Observation:
    """A published figure of it."""
    found = {
        "period": period,
        "period_kind": kind,
        "bound": bound,
        "comparator": COMPARATORS[bound],
        "value": Decimal(value),
    }
    return replace(
        OWN, **{**found, "time": Period.parse(period, kind), "state": "", "replaced_by": "", "replaces": "", **more}
    )


def baseline(value: str, period: str) -> Baseline:
    """A figure of it that the plan itself reports."""
    [own] = PLAN.baselines
    return replace(
        own, concept_id="village-coverage", value=Decimal(value), unit="%", period=period, time=Period.parse(period)
    )


def judged(*rows: Target | Observation | Baseline, as_of: date = TODAY) -> list[Verdict]:
    """The verdicts on some promises, with what was published."""
    targets = tuple(row for row in rows if isinstance(row, Target))
    plan = replace(PLAN, targets=targets, baselines=tuple(row for row in rows if isinstance(row, Baseline)))
    published = [row for row in rows if isinstance(row, Observation)]
    return list(verdicts([plan], published, FACTS.registry, as_of).values())


def word(*rows: Target | Observation | Baseline, as_of: date = TODAY) -> tuple[str, str]:
    """The first verdict and its rule."""
    first = judged(*rows, as_of=as_of)[0]
    return first.word, first.rule


def number(value: Decimal | None) -> str:
    return f"{value:f}"


@pytest.mark.parametrize(
    ("comparator", "value", "bound", "actual", "expected"),
    [
        ("ge", "80", "eq", "80", "reached"),
        ("ge", "80", "eq", "79.9", "not-reached"),
        ("gt", "80", "eq", "80", "not-reached"),
        ("gt", "80", "eq", "80.1", "reached"),
        ("le", "80", "eq", "80", "reached"),
        ("le", "80", "eq", "80.1", "not-reached"),
        ("lt", "80", "eq", "80", "not-reached"),
        ("lt", "80", "eq", "79.9", "reached"),
        ("eq", "80", "eq", "81", "reached"),  # the concept is better the higher it is
        ("eq", "80", "eq", "79", "not-reached"),
        ("approx", "80", "eq", "80", "reached"),
        ("approx", "80", "eq", "79.9", "not-reached"),
        ("ge", "80", "about", "80", "reached"),
        ("ge", "80", "about", "79", "not-reached"),
        ("ge", "80", "more", "80", "reached"),
        ("gt", "80", "more", "80", "reached"),
        ("ge", "80", "more", "79", "cannot-be-said"),  # more than 79: may be 80
        ("ge", "80", "at_least", "80", "reached"),
        ("gt", "80", "at_least", "80", "cannot-be-said"),
        ("le", "80", "more", "81", "cannot-be-said"),  # 超 settles nothing against a ≤
        ("le", "80", "more", "79", "cannot-be-said"),
        ("le", "80", "less", "80", "reached"),
        ("le", "80", "at_most", "80", "reached"),
        ("lt", "80", "at_most", "80", "cannot-be-said"),
        ("ge", "80", "less", "90", "cannot-be-said"),
    ],
)  # fmt: skip
def test_the_figure_for_the_period_is_held_against_the_promise(
    comparator: str, value: str, bound: str, actual: str, expected: str
) -> None:
    assert word(promise(comparator, value, "2023"), figure(actual, "2023", bound=bound))[0] == expected


@pytest.mark.parametrize(
    ("actual", "expected"), [("4", "not-reached"), ("5", "reached"), ("8", "reached"), ("9", "reached")]
)
def test_of_a_range_the_end_to_be_reached_counts(actual: str, expected: str) -> None:
    assert word(promise("range", "5", "2023", most="8"), figure(actual, "2023"))[0] == expected


@pytest.mark.parametrize(("actual", "expected"), [("1.4", "reached"), ("1.8", "reached"), ("1.81", "not-reached")])
def test_of_a_range_of_what_is_better_low_its_upper_end(actual: str, expected: str) -> None:
    concept = FACTS.registry.concepts["income-ratio"]
    of_it = figure(actual, "2023", concept_id="income-ratio", unit="比值")
    assert word(promise("range", "1.5", "2023", most="1.8", concept=concept), of_it)[0] == expected


def test_of_a_range_with_no_better_side_what_lies_in_it_meets_it() -> None:
    known = replace(FACTS.registry.concepts["village-coverage"], better="neutral")
    kept = promise("range", "5", "2023", most="8", concept=known)
    said = {value: word(kept, figure(value, "2023"))[0] for value in ("4", "5", "7", "8", "9")}
    assert said == {
        "4": "cannot-be-said", "5": "reached", "7": "reached", "8": "reached", "9": "cannot-be-said",
    }  # fmt: skip


def test_the_verdict_says_about_where_the_promise_or_the_figure_does() -> None:
    [one] = judged(promise("ge", "80", "2023"), figure("80", "2023", bound="about"))
    [two] = judged(promise("approx", "80", "2023"), figure("80", "2023"))
    [three] = judged(promise("ge", "80", "2023"), figure("80", "2023"))
    assert (one.about, two.about, three.about) == (True, True, False)


def test_the_straight_line_of_the_issue() -> None:
    """62.3 in 2022, 80 in 2027: (80 - 62.3) / 5 * 2 = 7.08, and 62.3 + 7.08 = 69.38 are due in 2024; 71.2 is more."""
    [found] = judged(promise("ge", "80"), baseline("62.3", "2022"), figure("71.2", "2024"))
    assert (found.word, found.rule, number(found.expected)) == ("on-course", "straight-line", "69.38")
    assert found.baseline and found.figure
    assert (number(found.baseline.value), str(found.baseline.time)) == ("62.3", "2022")
    assert (number(found.figure.value), str(found.figure.time), str(found.due)) == ("71.2", "2024", "2027-12-31")
    [behind] = judged(promise("ge", "80"), baseline("62.3", "2022"), figure("69.37", "2024"))
    assert behind.word == "behind"
    [just] = judged(promise("ge", "80"), baseline("62.3", "2022"), figure("69.38", "2024"))
    assert just.word == "on-course"


def test_a_line_down() -> None:
    """1.7 in 2022, 1.6 in 2025: a third of 0.1 a year, so 1.7 - 2 * 0.0333 = 1.6333 are due in 2024."""
    concept = FACTS.registry.concepts["income-ratio"]
    of_it = {"concept_id": "income-ratio", "unit": "比值"}
    rows = (figure("1.7", "2022", **of_it), promise("le", "1.6", "2025", concept=concept))
    [found] = judged(*rows, figure("1.64", "2024", **of_it))
    assert (found.word, number(found.expected)) == ("behind", "1.6333")
    [found] = judged(*rows, figure("1.63", "2024", **of_it))
    assert found.word == "on-course"


def test_the_line_to_a_bare_number_goes_its_own_way() -> None:
    """From 50 at the end of 2022 to 90 by 2027: 66 at the end of 2024. To 20: 38. Nothing else tells what is better."""
    up, down = (promise("eq", value, **RATE, unit="%") for value in ("90", "20"))
    before = {row: of_row(row, "50", "2022") for row in (up, down)}
    assert [word(up, before[up], of_row(up, value, "2024"))[0] for value in ("67", "65")] == ["on-course", "behind"]
    assert [word(down, before[down], of_row(down, value, "2024"))[0] for value in ("37", "39")] == [
        "on-course",
        "behind",
    ]


@pytest.mark.parametrize(
    ("bound", "expected"),
    [("eq", "reached"), ("about", "reached"), ("more", "cannot-be-said"), ("at_least", "cannot-be-said")],
)
def test_a_bare_number_is_met_by_itself_only(bound: str, expected: str) -> None:
    bare = promise("eq", "90", "2024", **RATE, unit="%")
    assert word(bare, of_row(bare, "90", "2024", bound=bound))[0] == expected
    assert word(bare, of_row(bare, "91", "2024", bound=bound))[0] == "cannot-be-said"


def test_who_does_more_of_what_is_counted_has_done_it() -> None:
    """Of a count without a concept; where a concept says that neither is better, only the number itself."""
    known = replace(FACTS.registry.concepts["village-coverage"], better="neutral")
    for concept, expected in ((None, "reached"), (known, "cannot-be-said")):
        bare = promise("eq", "20", "2024", concept=concept, measure="count")
        recorded = figure("21", "2024") if concept else of_row(bare, "21", "2024")
        assert word(bare, recorded)[0] == expected


def test_a_figure_that_settles_nothing_is_published_only_where_it_was_due() -> None:
    due = judged(promise("ge", "80", "2024"), figure("70", "2024", bound="more"))
    assert [(each.word, each.rule, each.reason, each.published) for each in due] == [
        ("cannot-be-said", "bound-open", "bound", True)
    ]
    to_come = judged(promise("ge", "90"), figure("50", "2022"), figure("60", "2024", bound="more"))
    assert [(each.word, each.rule, each.published) for each in to_come] == [("open", "bound-open", False)]


def test_a_line_to_a_day_within_a_year() -> None:
    """40 at the end of 2022, 60 at the end of 2024, 55 on 30 June 2024:
    the 182nd of 366 days, 40 + 20 * (1 + 182/366) / 2 = 54.97."""
    [found] = judged(
        promise("ge", "60", "2024"), baseline("40", "2022"), figure("55", "2024-06-30", "date"), as_of=date(2024, 8, 1)
    )
    assert (found.word, number(found.expected)) == ("on-course", "54.97")


def test_a_baseline_of_zero_is_a_baseline() -> None:
    """0 in 2022, 10 in 2027: 4 are due in 2024."""
    [found] = judged(promise("ge", "10"), figure("0", "2022"), figure("3", "2024"))
    assert (found.word, number(found.expected)) == ("behind", "4")


def test_the_plans_own_step_goes_before_the_line() -> None:
    """The line asks 40 + 2/5 * 50 = 60 of 2024; the plan itself asks 50."""
    rows = (promise("ge", "90"), promise("ge", "50", "2024", 2), baseline("40", "2022"))
    [found, _] = judged(*rows, figure("55", "2024"))
    assert (found.word, found.rule, number(found.expected)) == ("on-course", "own-step", "50")
    assert found.step and found.step.target_id == "990101-tiny-2023-t002"
    [found, step] = judged(*rows, figure("49", "2024"))
    assert (found.word, step.word) == ("behind", "not-reached")
    [found, _] = judged(*rows, figure("48", "2023"))  # no step for 2023: the line, 40 + 50/5 = 50
    assert (found.word, found.rule, number(found.expected)) == ("behind", "straight-line", "50")


def test_of_two_steps_for_one_year_the_one_beside_the_promise_counts() -> None:
    annex = {"clause_id": "990101-tiny-2023-c010"}
    steps = (promise("ge", "70", "2024", 2, **annex), promise("ge", "50", "2024", 3))
    [found, *_] = judged(promise("ge", "90", **annex), *steps, baseline("40", "2022"), figure("55", "2024"))
    assert (found.word, number(found.expected)) == ("behind", "70")


def test_a_level_that_is_kept_is_held_against_the_newest_figure() -> None:
    keep = promise("le", "5", quote="失业率控制在5%以内")
    assert word(keep, figure("4.5", "2023"), figure("5", "2024")) == ("on-course", "keep-level")
    assert word(keep, figure("4.5", "2023"), figure("5.1", "2024")) == ("behind", "keep-level")
    # The sentence keeps another thing; of this one 30 + (60 - 30) * 2/5 = 42 are due in 2024.
    other = promise("ge", "60", quote="失业率控制在5%以内,城镇化率达到60%")
    assert word(other, figure("30", "2022"), figure("43", "2024")) == ("on-course", "straight-line")
    # What was there at the start already is kept too: no line leads down from 85 to 80.
    assert word(promise("ge", "80"), figure("85", "2022"), figure("81", "2024")) == ("on-course", "keep-level")
    assert word(promise("ge", "80"), figure("85", "2022"), figure("79", "2024")) == ("behind", "keep-level")


def test_a_figure_that_meets_the_promise_before_its_year_does_not_yet_reach_it() -> None:
    assert word(promise("ge", "80"), figure("60", "2022"), figure("85", "2024")) == ("on-course", "straight-line")


def test_too_little_is_open() -> None:
    assert word(promise("ge", "80")) == ("open", "too-little")
    assert word(promise("ge", "80"), figure("70", "2024")) == ("open", "too-little")  # no baseline
    assert word(promise("ge", "80"), baseline("60", "2022")) == ("open", "too-little")  # no newer figure
    assert word(promise("ge", "80"), baseline("60", "2022"), figure("79", "2024", bound="more")) == (
        "on-course",
        "straight-line",
    )
    assert word(promise("ge", "80"), baseline("60", "2022"), figure("61", "2024", bound="more")) == (
        "open",
        "bound-open",
    )


def test_due_and_silent_is_not_published() -> None:
    assert word(promise("ge", "80", "2024")) == ("not-published", "no-figure")
    assert word(promise("eq", "0", "2024")) == ("not-published", "no-figure")  # of zero, nothing recorded is not zero
    assert word(promise("ge", "80", "2024"), figure("90", "2023")) == ("not-published", "no-figure")
    assert word(promise("ge", "80", "2024"), figure("90", "2022")) == ("not-published", "no-figure")
    assert word(promise("ge", "80", "2025")) == ("open", "too-little")
    assert word(promise("ge", "80", "2024"), as_of=date(2024, 12, 31)) == ("open", "too-little")
    assert word(promise("ge", "80", "2024"), as_of=date(2025, 1, 1)) == ("not-published", "no-figure")


def test_of_zero_nothing_is_less() -> None:
    clear = promise("eq", "0", "2023", concept=None, unit="家", indicator="零就业家庭")
    of_it = {"concept_id": "", "target_id": clear.target_id, "unit": "家"}
    assert word(clear, figure("0", "2023", **of_it))[0] == "reached"
    assert word(clear, figure("2", "2023", **of_it))[0] == "not-reached"


def test_a_preliminary_figure_counts_until_a_final_one_replaces_it() -> None:
    first = figure("79", "2023", observation_id="o1", state="preliminary")
    [found] = judged(promise("ge", "80", "2023"), first)
    assert (found.word, found.preliminary) == ("not-reached", True)
    assert not judged(promise("ge", "80", "2023"))[0].preliminary, "where there is none"
    final = figure("80", "2023", observation_id="o2", state="final", replaces="o1")
    [found] = judged(promise("ge", "80", "2023"), replace(first, replaced_by="o2"), final)
    assert (found.word, found.preliminary, found.figure and found.figure.id) == ("reached", False, "o2")


def test_of_two_figures_for_a_year_the_final_one_counts_then_the_one_published_last() -> None:
    source = OWN.source
    old, new = (replace(source, published=date(2024, month, 1)) for month in (1, 2))
    final = figure("79", "2023", observation_id="o1", state="final", source=old)
    assert (
        word(promise("ge", "80", "2023"), final, figure("81", "2023", observation_id="o2", source=new))[0]
        == "not-reached"
    )
    assert (
        word(
            promise("ge", "80", "2023"), replace(final, state=""), figure("81", "2023", observation_id="o2", source=new)
        )[0]
        == "reached"
    )


@pytest.mark.parametrize(
    ("target", "recorded", "reason"),
    [
        (promise("relative", None), figure("80", "2024"), "text"),
        (promise("ge", "80"), figure("80", "2024", scope="沿海各镇"), "scope"),
        (promise("ge", "80", scope="沿海各镇"), figure("80", "2024"), "scope"),
        (promise("ge", "80"), figure("80", "2024-06", "half"), "period"),
        (promise("ge", "80"), figure("80", "2024-11", "ytd"), "period"),
        (promise("ge", "80"), figure("80", "2024-11", "month"), "period"),
        (promise("ge", "80", period_basis="in", period_start="2023"), figure("80", "2023"), "period"),
        (promise("ge", "80", period_basis="average", period_start="2023"), figure("80", "2023"), "period"),
        (promise("ge", "80", measure="growth"), figure("80", "2024"), "growth"),
        (promise("ge", "80"), figure("80", "2024", unit="家"), "definition"),
    ],
)  # fmt: skip
def test_what_is_unlike_says_nothing_and_it_is_said_why(target: Target, recorded: Observation, reason: str) -> None:
    [found] = judged(target, recorded)
    assert (found.word, found.reason, found.published) == ("cannot-be-said", reason, False)


def test_one_comparable_figure_makes_it_open_or_not_published() -> None:
    half = figure("80", "2024-06", "half")
    assert word(promise("ge", "80"), half, figure("70", "2023"))[0] == "open"
    assert word(promise("ge", "80", "2024"), half, figure("70", "2023"))[0] == "not-published"
    assert word(promise("ge", "80", "2024"), half)[0] == "cannot-be-said"


def test_figures_of_another_region_say_nothing() -> None:
    assert (
        word(promise("ge", "80", "2023"), figure("90", "2023", region=FACTS.registry.regions["990000"]))[0]
        == "not-published"
    )


def test_a_promise_by_a_month_is_judged_at_its_end() -> None:
    assert word(promise("ge", "80", "2024-06"), figure("80", "2024-06", "month"))[0] == "reached"
    assert word(promise("ge", "80", "2024-06"), figure("90", "2024"))[0] == "not-published"


def test_a_count_within_a_year_is_judged_by_that_year_alone() -> None:
    one = promise("ge", "20", "2024", period_basis="in", period_start="2024", measure="count")
    assert word(one, figure("20", "2024"))[0] == "reached"
    assert word(one, figure("30", "2023"))[0] == "not-published"


def test_what_is_promised_within_a_year_is_not_judged_by_the_state_on_its_last_day() -> None:
    """A promise of a year without a beginning takes figures of a day too, and they are not the year's."""
    within = promise("ge", "80", "2024", period_basis="in", period_start="")
    assert word(within, figure("85", "2024-12-31", "date")) == ("not-published", "no-figure")
    assert word(within, figure("85", "2024-12-31", "date"), figure("75", "2024")) == ("not-reached", "figure-of-period")


def test_a_yearly_promise_has_a_verdict_a_year_and_that_of_its_newest_year_due() -> None:
    yearly = promise("ge", "80", "2026", period_basis="annual", period_start="2022")
    [found] = judged(yearly, figure("80", "2022"), figure("79", "2024"))
    assert [(each.year, each.word) for each in found.years] == [
        (2022, "reached"), (2023, "not-published"), (2024, "not-reached"), (2025, "open"), (2026, "open"),
    ]  # fmt: skip
    assert (found.word, found.rule, found.figure and number(found.figure.value)) == ("not-reached", "newest-year", "79")
    assert found.judged_year == 2024
    assert judged(replace(yearly, period_basis="by"), figure("79", "2024"))[0].judged_year is None
    assert word(yearly, as_of=date(2022, 6, 1))[0] == "open"
    [early] = judged(yearly, figure("80", "2025"), as_of=date(2025, 3, 1))
    assert early.years[3].word == "reached", "published before the year is over"
    two = promise("ge", "80", "2024", period_basis="annual", period_start="2023")
    assert word(two, figure("80", "2024")) == ("reached", "newest-year")
    assert word(replace(two, period_start="2024"), figure("80", "2024")) == ("reached", "figure-of-period")


def test_years_that_follow_each_other_and_say_the_same_are_said_together() -> None:
    yearly = promise("ge", "80", "2027", period_basis="annual", period_start="2022")
    [found] = judged(yearly, figure("79", "2024"), figure("78", "2025"), as_of=date(2026, 6, 1))
    assert [tuple(each.year for each in span) for span in found.spans] == [
        (2022, 2023), (2024,), (2025,), (2026, 2027),
    ]  # fmt: skip
    assert judged(promise("ge", "80", "2027"))[0].spans == ()


def test_an_average_is_never_computed_from_its_years() -> None:
    average = promise("ge", "6", "2024", period_basis="average", period_start="2023", measure="growth")
    [found] = judged(average, figure("7", "2023"), figure("9", "2024"))
    assert (found.word, found.reason, len(found.unlike)) == ("cannot-be-said", "period", 2)


@pytest.mark.parametrize(
    ("value", "unit", "measure", "actual", "expected"),
    [
        ("100", "%", "share", "99", "not-reached"),  # no share is more than all
        ("100", "%", "share", "100", "reached"),
        ("100", "户", "level", "101", "cannot-be-said"),
        ("90", "%", "share", "99", "cannot-be-said"),
        ("0", "%", "share", "1", "not-reached"),
        ("5", "家", "count", "6", "reached"),
        ("5", "家", "cumulative", "4", "not-reached"),
        ("5", "家", "level", "6", "cannot-be-said"),
    ],
)
def test_a_bare_figure_without_a_concept_has_the_direction_that_cannot_be_otherwise(
    value: str, unit: str, measure: str, actual: str, expected: str
) -> None:
    bare = promise("eq", value, "2023", concept=None, unit=unit, measure=measure)
    assert word(bare, figure(actual, "2023", concept_id="", target_id=bare.target_id, unit=unit))[0] == expected


def test_restatements_share_their_verdict_also_with_unlike_comparators() -> None:
    """Without a concept a bare 90 has no direction; the body says 90 or more."""
    of_it = {"concept": None, "unit": "%", "indicator": "处理率", "measure": "share"}
    body, annex = (
        promise("ge", "90", "2023", 1, **of_it),
        promise("eq", "90", "2023", 2, restates="990101-tiny-2023-t001", **of_it),
    )
    actual = figure("95", "2023", concept_id="", target_id=body.target_id)
    found = judged(body, annex, actual)
    assert [(each.word, [row.target_id for row in each.restated]) for each in found] == [
        ("reached", [annex.target_id]),
        ("reached", [body.target_id]),
    ]
    [alone] = judged(annex, replace(actual, target_id=annex.target_id))
    assert (alone.word, alone.reason) == ("cannot-be-said", "direction")
    [alone] = judged(annex, replace(actual, target_id=annex.target_id, value=Decimal(90)))
    assert alone.word == "reached"


def test_of_a_contradiction_each_value_has_its_verdict_and_names_the_other() -> None:
    body, annex = promise("ge", "90", "2023", 1), promise("eq", "80", "2023", 2, restates="990101-tiny-2023-t001")
    found = judged(body, annex, figure("85", "2023"))
    assert [(each.word, [row.target_id for row in each.contradicts]) for each in found] == [
        ("not-reached", [annex.target_id]),
        ("reached", [body.target_id]),
    ]


def test_a_sum_or_an_average_over_years_is_judged_by_one_over_the_same_years() -> None:
    average = promise("ge", "6", "2024", period_basis="average", period_start="2023", measure="growth")
    assert word(average, figure("6.2", "2023/2024", "span"))[0] == "reached"
    assert word(average, figure("5.9", "2023/2024", "span"))[0] == "not-reached"
    assert word(average, figure("6.2", "2022/2024", "span")) == ("cannot-be-said", "only-unlike")
    total = promise(
        "ge", "20", "2024", period_basis="in", period_start="2023", measure="count", concept=None, unit="个"
    )
    assert [word(total, of_row(total, value, "2023/2024", period_kind="span"))[0] for value in ("20", "19")] == [
        "reached",
        "not-reached",
    ]


@pytest.mark.parametrize("measure", ["count", "cumulative"])
def test_a_sum_so_far_has_reached_what_it_can_only_pass(measure: str) -> None:
    """20 are promised over 2022 to 2024; in March 2024 the newest
    sum is that of 2022 and 2023. An average may fall again."""
    total = promise(
        "ge", "20", "2024", period_basis="in", period_start="2022", measure=measure, concept=None, unit="个"
    )
    so_far = date(2024, 3, 1)
    assert word(total, of_row(total, "21", "2022/2023", period_kind="span"), as_of=so_far)[0] == "reached"
    [found] = judged(total, of_row(total, "12", "2022/2023", period_kind="span"), as_of=so_far)
    assert (found.word, found.rule, found.newest and number(found.newest.value)) == ("open", "too-little", "12")
    [late] = judged(total, of_row(total, "12", "2022/2023", period_kind="span"))
    assert late.word == "not-published"  # twelve by 2023 do not say how many there were by 2024
    at_most = replace(total, comparator="le")
    assert word(at_most, of_row(at_most, "12", "2022/2023", period_kind="span"), as_of=so_far)[0] == "open"
    average = promise("ge", "6", "2024", period_basis="average", period_start="2022", measure="growth")
    assert word(average, figure("7", "2022/2023", "span"), as_of=so_far)[0] == "open"


RATE: dict[str, Any] = {"concept": None, "indicator": "处理率", "measure": "share"}
"""A promise without a concept, whose figures are recorded for its row."""


def of_row(row: Target, value: str, period: str, period_kind: str = "year", **more: Any) -> Observation:
    """A figure that was recorded for a row."""
    return figure(value, period, period_kind, concept_id="", target_id=row.target_id, unit=row.unit, **more)


def again(number: int, first: Target, **more: Any) -> Target:
    """A row that says again what another says."""
    value, own = f"{first.value}", {**RATE, "unit": first.unit, **more}
    return promise(
        own.pop("comparator", "eq"),
        own.pop("value", value),
        own.pop("end", first.period_end),
        number,
        restates=first.target_id,
        **own,
    )


def test_restatements_share_what_was_recorded_for_any_of_them() -> None:
    body = promise("ge", "90", "2023", 1, **RATE)
    annex = again(2, body, indicator="达标处理的比例")
    for row in (body, annex):
        assert [each.word for each in judged(body, annex, of_row(row, "95", "2023"))] == ["reached", "reached"]
        assert [each.word for each in judged(body, annex, of_row(row, "89", "2023"))] == ["not-reached", "not-reached"]


def test_restatements_share_their_words() -> None:
    """The annex says 保持, the body does not: 5 is kept."""
    body = promise("le", "5", "2027", 1, **RATE, quote="不高于5%")
    annex = again(2, body, comparator="le", quote="保持在5%以内")
    assert {each.rule for each in judged(body, annex, of_row(annex, "4", "2024"))} == {"keep-level"}


def test_restatements_in_two_units_are_one_promise() -> None:
    body = promise("ge", "600", "2023", 1, **RATE, unit="万元")
    annex = again(2, body, value="0.06", unit="亿元")
    found = judged(body, annex, of_row(body, "700", "2023"))
    assert [(each.word, each.contradicts, len(each.restated), each.unit) for each in found] == [
        ("reached", (), 1, "万元")
    ] * 2
    [one, other] = judged(body, again(2, body, value="0.07", unit="亿元"), of_row(body, "650", "2023"))
    assert (one.word, other.word, len(one.contradicts)) == ("reached", "not-reached", 1)


def test_the_same_number_for_another_year_is_another_promise() -> None:
    """The body, without a year, counts at the end of the plan; the annex says 2023: each is judged at its own time."""
    body, annex = promise("ge", "90", "2027", 1), promise("eq", "90", "2023", 2, restates="990101-tiny-2023-t001")
    found = judged(body, annex)
    assert [(each.word, each.contradicts[0].target_id) for each in found] == [
        ("open", annex.target_id),
        ("not-published", body.target_id),
    ]


def test_a_step_in_another_unit_is_the_same_step() -> None:
    """0.05 亿元 in 2024 are 500 万元, on the way from 400 to 900."""
    whole, step = (
        promise("ge", "900", "2027", 1, **RATE, unit="万元"),
        promise("ge", "0.05", "2024", 2, **RATE, unit="亿元"),
    )
    rows = (whole, step, of_row(whole, "400", "2022"))
    [found, reached] = judged(*rows, of_row(whole, "500", "2024"))
    assert (found.word, found.rule, number(found.expected), reached.word) == ("on-course", "own-step", "500", "reached")
    [found, missed] = judged(*rows, of_row(whole, "499", "2024"))
    assert (found.word, missed.word) == ("behind", "not-reached")


def test_the_tiny_project_shows_every_verdict(tiny_facts: Facts) -> None:
    found = {target_id[-10:]: (each.word, each.rule, each.reason) for target_id, each in tiny_facts.verdicts.items()}
    assert {each[0] for each in found.values()} == set(WORDS)
    assert {each[1] for each in found.values()} <= set(get_args(VerdictRule))


RANK = {"not-reached": 0, "behind": 0, "cannot-be-said": 1, "open": 1, "on-course": 2, "reached": 3}
"""How good a verdict is: a figure whose bound settles nothing is neither good nor bad."""

BETTER = {"village-coverage": 1, "income-ratio": -1}
AMOUNTS = st.decimals(0, 200, places=2)
TIMES = st.sampled_from([("2023", "year"), ("2024", "year"), ("2024-06-30", "date"), ("2024-12-31", "date")])
BOUNDS = st.sampled_from(list(COMPARATORS))
QUOTES = st.sampled_from(["达到", "保持在", "控制在"])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Target | Observation | Baseline], Decimal, Decimal, int, dict[str, Any]]:
    """A promise of any form, with or without a step, a baseline
    and older figures; a figure, by how much another is better."""
    concept_id = draw(st.sampled_from(list(BETTER)))
    concept, way = FACTS.registry.concepts[concept_id], BETTER[concept_id]
    of_it: dict[str, Any] = {"concept_id": concept_id, "unit": concept.unit}
    signs = ["eq", "approx", "range", *(("ge", "gt") if way > 0 else ("le", "lt"))]
    sign, value, basis = draw(st.sampled_from(signs)), draw(AMOUNTS), draw(st.sampled_from(["by", "annual"]))
    own: dict[str, Any] = {"concept": concept, "quote": draw(QUOTES), "period_basis": basis}
    if sign == "range":
        own["most"] = f"{value + draw(AMOUNTS)}"
    if basis == "annual":
        own["period_start"] = "2023"
    rows: list[Target | Observation | Baseline] = [
        promise(sign, f"{value}", draw(st.sampled_from(["2023", "2024", "2027"])), **own)
    ]
    if draw(st.booleans()):
        rows.append(promise(draw(st.sampled_from(signs[:2])), f"{draw(AMOUNTS)}", "2024", 2, concept=concept))
    if draw(st.booleans()):
        rows.append(figure(f"{draw(AMOUNTS)}", "2022", observation_id="o1", **of_it))
    if draw(st.booleans()):
        rows.append(figure(f"{draw(AMOUNTS)}", "2021", observation_id="o2", bound=draw(BOUNDS), **of_it))
    return rows, draw(AMOUNTS), draw(st.decimals(0, 50, places=2)), way, of_it


@settings(max_examples=300, deadline=None)
@given(worlds(), TIMES, BOUNDS)
def test_a_better_figure_never_makes_a_verdict_worse(world: Any, time: tuple[str, str], bound: str) -> None:
    rows, actual, more, way, of_it = world

    def ranked(value: Decimal) -> list[int]:
        found = judged(*rows, figure(f"{value}", *time, bound, **of_it))
        return [RANK.get(each.word, 1) for each in found]

    worse, better = ranked(actual), ranked(actual + way * more)
    assert all(one <= other for one, other in zip(worse, better, strict=True))


FACTORS = st.sampled_from([("亿元", 1), ("万元", 10**4), ("元", 10**8)])
SPREAD = st.decimals(0, 20, places=3)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(FACTORS, min_size=5, max_size=5),
    st.lists(SPREAD, min_size=5, max_size=5),
    st.sampled_from(["ge", "gt", "le", "lt", "eq", "approx"]),
    st.sampled_from(["2023", "2024", "2027"]),
    st.booleans(),
)
def test_units_do_not_matter(
    units: list[tuple[str, int]], values: list[Decimal], comparator: str, end: str, concept: bool
) -> None:
    """A promise, its step, and three figures, each printed in any unit, with a concept and without."""
    kept = FACTS.registry.concepts["village-income"] if concept else None

    def told(printed: list[tuple[str, int]]) -> list[tuple[str, str]]:
        (own, step, *actual) = [(value * factor, unit) for value, (unit, factor) in zip(values, printed, strict=True)]
        rows = [
            replace(
                promise(comparator, "1", year, number, **{**RATE, "concept": kept, "measure": "level"}),
                value=value,
                unit=unit,
                converted=FACTS.registry.amount(value, unit, kept),
            )
            for (value, unit), year, number in ((own, end, 1), (step, "2024", 2))
        ]
        named = {"concept_id": kept.concept_id if kept else "", "target_id": "" if kept else rows[0].target_id}
        figures = [
            figure(f"{value}", year, unit=unit, observation_id=f"o{year}", **named)
            for (value, unit), year in zip(actual, ("2022", "2023", "2024"), strict=True)
        ]
        return [(each.word, each.rule) for each in judged(*rows, *figures)]

    assert told(units) == told([("亿元", 1)] * 5)


TOLD = st.lists(
    st.tuples(st.sampled_from(["90", "80", "70"]), st.sampled_from(["2023", "2024", "2027"]), FACTORS),
    min_size=1,
    max_size=6,
)
PUBLISHED = st.dictionaries(st.sampled_from(["2022", "2023", "2024"]), st.decimals(60, 100, places=1))


@settings(max_examples=300, deadline=None)
@given(TOLD, PUBLISHED)
def test_of_restatements_each_value_has_its_own_verdict(
    told: list[tuple[str, str, tuple[str, int]]], published: dict[str, Decimal]
) -> None:
    """One promise, told in several rows, in any unit: the rows of one value and year share the verdict that the row
    would have if it stood there with the steps alone, and name all the others as contradicting them."""
    kept = FACTS.registry.concepts["village-income"]
    rows = [
        replace(
            promise("ge", "1", end, number, **{**RATE, "concept": kept, "measure": "level"}),
            value=Decimal(value) * factor,
            unit=unit,
            restates="990101-tiny-2023-t001" if number > 1 else "",
            converted=FACTS.registry.amount(Decimal(value) * factor, unit, kept),
        )
        for number, (value, end, (unit, factor)) in enumerate(told, 1)
    ]
    figures = [
        figure(f"{value}", year, unit="亿元", observation_id=f"o{year}", concept_id=kept.concept_id)
        for year, value in published.items()
    ]
    said = {row.target_id: (value, end) for row, (value, end, _) in zip(rows, told, strict=True)}
    for found in judged(*rows, *figures):
        own = said[found.target.target_id]
        others = {key for key, each in said.items() if each != own}
        assert {row.target_id for row in found.contradicts} == others
        assert {row.target_id for row in found.restated} == set(said) - others - {found.target.target_id}
        if found.rule != "own-step":  # which comes of the other rows
            [alone] = judged(found.target, *figures)
            alike = ("word", "rule", "reason", "figure", "baseline", "overdue")
            assert [getattr(alone, each) for each in alike] == [getattr(found, each) for each in alike]


SUMS = st.lists(st.integers(0, 40), min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["count", "cumulative"]), st.sampled_from(["ge", "gt", "eq", "approx"]), SUMS, st.integers(1, 60)
)
def test_a_sum_above_the_whole_is_reached_and_stays_so(measure: str, sign: str, added: list[int], whole: int) -> None:
    """What is counted from 2022 to 2025 can only grow: once a sum so far passes the whole, it is reached, whatever is
    published later; until then nothing can be said before the end, and at the end the sum of all four years decides."""
    row = promise(
        sign, f"{whole}", "2025", period_basis="in", period_start="2022", measure=measure, concept=None, unit="个"
    )
    sums = [sum(added[: number + 1]) for number in range(len(added))]
    published = [
        of_row(row, f"{each}", f"2022/{2022 + number}" if number else "2022", observation_id=f"o{number}",
               period_kind="span" if number else "year")
        for number, each in enumerate(sums)
    ]  # fmt: skip
    known = [(number, each) for number, each in enumerate(sums) if number]  # 2022 alone is no sum over the years
    for number in range(1, len(sums) + 1):
        so_far = [each for at, each in known if at < number]
        passed = any(each > whole if sign == "gt" else each >= whole for each in so_far)
        over = number == 4
        [found] = judged(row, *published[:number], as_of=date(2022 + number, 2, 1))
        if passed:
            assert found.word == "reached"
        elif over:
            assert found.word == "not-reached"
        elif so_far:
            assert (found.word, found.rule) == ("open", "too-little")
