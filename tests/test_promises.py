"""A promise as a reader counts it: its steps, its places, its units; and the sentences made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from openplans.facts import answers
from openplans.facts.model import Facts
from openplans.facts.plan import PlanFacts
from openplans.facts.promises import Promise, Step, coming, promises
from openplans.facts.records import Statement, Target
from openplans.text.amounts import amount
from openplans.text.comparators import kept
from openplans.text.i18n import LANGUAGES, macros
from tests.conftest import with_targets

COVERAGE = "990101-tiny-2023-t004"


def county(facts: Facts) -> PlanFacts:
    return facts.plans[1]


def said(promise: Promise) -> str:
    return " → ".join(" = ".join(row.anchor for row in step.said) for step in promise.steps)


def of(facts: Facts, target_id: str) -> Promise:
    """The promise that a row states."""
    return next(each for each in facts.promises if target_id in [row.target_id for row in each.rows])


def sentences(facts: Facts, concept_id: str) -> list[str]:
    """The sentence of a concept in each language."""
    words = facts.registry.units, facts.registry.terms
    return [macros("sentence", each, *words).indicator(facts.answers[concept_id]).strip() for each in LANGUAGES]


def test_yearly_steps_and_restatements_are_one_line(tiny_facts: Facts) -> None:
    assert [said(each) for each in county(tiny_facts).promises] == [
        "t001", "t002", "t003", "t012 → t004 = t013", "t005", "t006", "t007", "t008 → t010", "t009 → t011",
    ]  # fmt: skip
    assert county(tiny_facts).plan.counts.promises == 9 and county(tiny_facts).plan.counts.targets == 13


@pytest.mark.parametrize("column, value", [("scope", "山区"), ("measure", "growth"), ("period_basis", "average")])
def test_what_measures_something_else_is_another_line(tiny_facts: Facts, column: str, value: str) -> None:
    rows = [replace(row, **{column: value}) if row.anchor == "t012" else row for row in county(tiny_facts).targets]
    assert "t012" in [said(each) for each in promises(rows)]


def called_otherwise(facts: Facts, **step: str) -> list[Target]:
    """The rows of the county, of which the body and the annex call one thing by two names, and no concept joins them;
    the annex's earlier step is changed."""
    body = {"concept": None, "concept_id": "", "indicator": "美丽乡村占比"}
    changed = {"t004": body, "t012": body | {"indicator": "覆盖率"} | step, "t013": body | {"indicator": "覆盖率"}}
    return [replace(row, **changed.get(row.anchor, {})) for row in county(facts).targets]


def test_a_step_is_of_the_line_whose_last_step_the_annex_states_again_by_another_name(tiny_facts: Facts) -> None:
    assert "t012 → t004 = t013" in [said(each) for each in promises(called_otherwise(tiny_facts))]


def test_what_goes_by_another_name_and_is_of_the_same_year_is_a_line_of_its_own(tiny_facts: Facts) -> None:
    lines = [said(each) for each in promises(called_otherwise(tiny_facts, period_end="2025"))]
    assert {"t012", "t004 = t013"} <= set(lines)


def test_two_numbers_of_one_year_are_never_put_in_a_line(tiny_facts: Facts) -> None:
    rows = [replace(row, restates="") for row in county(tiny_facts).targets]
    lines = [said(each) for each in promises(rows)]
    assert {"t004", "t012", "t013"} <= set(lines)


def test_the_units_of_a_promise_are_those_of_any_place(tiny_facts: Facts) -> None:
    promise = of(tiny_facts, COVERAGE)
    assert [(each.place.part, [unit.org_id for unit in each.responsibilities]) for each in promise.named] == [
        ("body", ["990101-agriculture", "990101-building", "990000-forestry"]),
        ("annex", ["990101-building"]),
    ]
    assert promise.roles["990101-building"] == "lead" and promise.roles["990101-agriculture"] == "listed"
    assert promise.years == (2023, 2025) and promise.silent == ()


def test_a_place_that_names_no_unit_is_told(tiny_facts: Facts) -> None:
    rows = [replace(row, responsibilities=()) if row.anchor == "t004" else row for row in county(tiny_facts).targets]
    [promise] = [each for each in promises(rows) if each.target.anchor == "t004"]
    assert [each.part for each in promise.silent] == ["body"] and [each.place.part for each in promise.named] == [
        "annex"
    ]


def test_where_no_place_names_a_unit_those_stand_that_do_it_at_other_times(tiny_facts: Facts) -> None:
    named, kin = county(tiny_facts).targets[3].responsibilities, tiny_facts.targets[f"{COVERAGE[:-3]}001"]
    kindred = (Statement(anchor="t004", place=kin.place, indicator="另一年的", responsibilities=named),)
    [promise] = promises([replace(kin, responsibilities=(), kindred=kindred)])
    assert [(each.responsibilities, each.indicator) for each in promise.named] == [(named, "另一年的")]
    [promise] = promises([replace(kin, responsibilities=named[:1], kindred=kindred)])
    assert [(each.responsibilities, each.indicator) for each in promise.named] == [(named[:1], "")]


def contradicted(facts: Facts, *numbers: int | None) -> Promise:
    """A promise whose one step stands in several places, with these numbers."""
    row = facts.targets[COVERAGE]
    rows = [
        replace(row, target_id=f"{row.target_id[:-3]}{at:03}", converted=None if each is None else Decimal(each))
        for at, each in enumerate(numbers, 1)
    ]
    return Promise((Step(tuple(rows)),))


def test_a_promise_is_called_by_the_row_that_says_it_first_and_knows_the_others(tiny_facts: Facts) -> None:
    promise = contradicted(tiny_facts, 80, 90, 80)
    assert promise.target is promise.rows[0] and promise.others == promise.rows[1:]


@pytest.mark.parametrize(
    ("numbers", "otherwise"),
    [((80, 90, 80, 90), [2]), ((80, 80), []), ((80, None), []), ((None, 80), []), ((80, 90, 70), [3, 2])],
)
def test_each_other_number_for_one_time_is_told_once(
    tiny_facts: Facts, numbers: tuple[int | None, ...], otherwise: list[int]
) -> None:
    found = contradicted(tiny_facts, *numbers).otherwise
    assert sorted(int(each.target_id[-3:]) for each in found) == sorted(otherwise)


def test_what_comes_next(tiny_facts: Facts) -> None:
    assert coming(tiny_facts.promises, date(2024, 6, 1)) == (2024, 1)
    assert coming(tiny_facts.promises, date(2026, 6, 1)) == (2027, 1)
    assert coming(tiny_facts.promises, date(2028, 1, 1)) is None


def test_a_unit_is_owed_each_promise_once(tiny_facts: Facts) -> None:
    building = next(each for each in tiny_facts.organizations if each.organization.org_id == "990101-building")
    rows = [each for year in building.due.values() for each in year]
    assert next((said(each.promise), each.role) for each in rows) == ("t012 → t004 = t013", "lead")
    assert building.promise_count == len(rows) == len({each.promise.target.target_id for each in rows})


def test_a_sentence_says_who_asks_what_by_when(tiny_facts: Facts) -> None:
    assert sentences(tiny_facts, "village-coverage") == [
        "和美乡村覆盖率：例省到2027年95%；例县到2025年不低于90%（同一份文件另一处写80%）。",
        "Village coverage: Example Province 95% by 2027; Example County at least 90% by 2025"
        " (elsewhere in the same document 80%).",
    ]


def test_a_sentence_says_who_does_not_and_who_promises_something_near(tiny_facts: Facts) -> None:
    assert (
        sentences(tiny_facts, "village-income")[0]
        == "村级集体经济总收入：例县到2025年超过50000万元。例省的计划没有写这个数。"
    )
    assert sentences(tiny_facts, "farms-total") == [
        "农庄累计数：例县到2025年3个。例省的计划没有写这个数，写了相近的。",
        "Farms: Example County 3 by 2025."
        " No such number in the plans of Example Province, which promise something near it.",
    ]
    [near] = tiny_facts.answers["farms-total"].near
    assert [each.concept_id for each in near.concepts] == ["village-coverage"]


@pytest.mark.parametrize(
    "concept_id, near",
    [("village-income", "village-income"), ("farms-total", "village-coverage"), ("village-income", "farms-total")],
)
def test_a_plan_that_promises_something_near_is_not_silent(tiny_facts: Facts, concept_id: str, near: str) -> None:
    province, plan = tiny_facts.plans
    rows = tuple(
        replace(row, concept_id="", concept=None, near_concept_id=near)
        if row.anchor == "t002"
        else replace(row, concept_id="", concept=None)
        for row in province.targets
    )
    answer = answers.answers([with_targets(province, rows), plan], tiny_facts.registry)[concept_id]
    told = [each.target.anchor for found in answer.near for each in found.promises]
    alike = (
        near == concept_id
        or tiny_facts.registry.concepts[near].subject == tiny_facts.registry.concepts[concept_id].subject != ""
    )
    assert told == (["t002"] if alike else [])
    assert [each.region_code for each in answer.without] == ([] if alike else ["990000"])


Changed = Callable[..., list[str]]


@pytest.fixture
def told(tiny_facts: Facts) -> Changed:
    """The sentence of a concept, with one of its rows changed."""

    def sentence(anchor: str, concept_id: str, **columns: object) -> list[str]:
        plan = county(tiny_facts)
        rows = tuple(replace(row, **columns) if row.anchor == anchor else row for row in plan.targets)
        changed = answers.answers([tiny_facts.plans[0], with_targets(plan, rows)], tiny_facts.registry)
        words = tiny_facts.registry.units, tiny_facts.registry.terms
        return [macros("sentence", each, *words).indicator(changed[concept_id]).strip() for each in LANGUAGES]

    return sentence


@pytest.mark.parametrize(
    "columns, zh, en",
    [
        ({"comparator": "approx"}, "到2025年约1.6", "about 1.6 by 2025"),
        ({"commitment": "力争"}, "到2025年力争不高于1.6", "at most 1.6 by 2025 (strive to)"),
        ({"kept": "稳定在"}, "到2025年稳定在1.6以内", "kept at 1.6 or less by 2025"),
        ({"kept": "保持在", "comparator": "ge"}, "到2025年保持在1.6以上", "kept at 1.6 or more by 2025"),
        (
            {"value": None, "comparator": "relative", "quote": "同步"},
            "到2025年写“同步”，没有给数字",
            "gives no number (by 2025)",
        ),
        (
            {"period_basis": "annual", "period_start": "2023"},
            "2023—2025年每年不高于1.6",
            "at most 1.6 every year in 2023–2025",
        ),
        (
            {"period_basis": "average", "period_start": "2023"},
            "2023—2025年年均不高于1.6",
            "at most 1.6 on average in 2023–2025",
        ),
    ],
)
def test_a_sentence_keeps_the_words_of_the_document(
    told: Changed, columns: dict[str, object], zh: str, en: str
) -> None:
    chinese, english = told("t001", "income-ratio", **columns)
    assert f"例县{zh}。" in chinese and f"Example County {en}." in english


def test_regions_that_ask_the_same_are_told_together(told: Changed) -> None:
    same = {"comparator": "approx", "value": Decimal("1.8")}
    assert told("t001", "income-ratio", **same)[0] == "城乡居民收入比：例省和例县到2025年约1.8。"


@pytest.mark.parametrize(
    "before, word",
    [
        ("农民合作社稳定在", "稳定在"),
        ("大豆、油料播种面积分别稳定在1.05万亩、", "稳定在"),
        ("粮播面积稳定在1.18万亩、总产量", ""),
        ("城镇调查失业率控制在", ""),
    ],
)
def test_a_value_that_is_kept(before: str, word: str) -> None:
    assert kept(before) == word


def test_the_whole_of_a_share_has_no_sign(tiny_facts: Facts) -> None:
    def printed(target: Target) -> str:
        return str(amount("zh", tiny_facts.registry.units, target))

    coverage = tiny_facts.targets[COVERAGE]
    assert printed(coverage) == "≥90%" and printed(replace(coverage, value=Decimal(100))) == "100%"
    assert printed(replace(coverage, value=Decimal(100), measure="growth")) == "≥100%"
