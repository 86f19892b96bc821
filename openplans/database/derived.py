"""The derived tables: facts that the pages work out of the rows, for those who query.

Comes in: the facts. Goes out: the rows of the tables that openplans/schema/derived.json describes. Worked
out in the facts, once, so that a page and a query never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from openplans.facts.comparison import Comparison
from openplans.facts.model import Facts
from openplans.facts.promises import Promise
from openplans.facts.records import Plan, Responsibility, Target, Task
from openplans.facts.verdicts import Comparable, Verdict, YearVerdict
from openplans.text import i18n

SqlRow = dict[str, str | int | Decimal | None]
SqlRows = list[SqlRow]


def records(facts: Facts) -> Iterator[tuple[str, SqlRows]]:
    """(table, its rows) in the order of `contract.derived`."""
    promise_ids = {row.target_id: each.target.target_id for each in facts.promises for row in each.rows}
    yield "target_facts", [_target(target, promise_ids[target.target_id]) for target in facts.targets.values()]
    words = {
        each: i18n.macros("flat", each, facts.registry.units, facts.registry.terms, facts.registry.publisher.own)
        for each in ("zh", "en")
    }
    yield "promises", [_promise(each, words["zh"]) for each in facts.promises]
    yield "task_facts", [_task(plan.plan, task) for plan in facts.plans for task in plan.tasks]
    yield "comparisons", [_comparison(*each) for each in sorted(facts.comparisons.items(), key=lambda pair: pair[0])]
    yield "verdicts", [_verdict(verdict, words) for verdict in facts.verdicts.values()]
    yield "verdict_years", [_year(verdict, year) for verdict in facts.verdicts.values() for year in verdict.years]


def _target(target: Target, promise_id: str) -> SqlRow:
    return {
        "target_id": target.target_id,
        "region_code": target.region.region_code,
        "theme_id": target.theme.theme_id,
        "year": target.year,
        "kept": target.kept or None,
        "converted": target.converted,
        "converted_unit": target.concept.unit if target.concept and target.converted is not None else None,
        **_organizations(target.answering),
        "promise_id": promise_id,
    }


def _promise(promise: Promise, words: Any) -> SqlRow:
    """A promise; `words`: those of the flat tables."""
    return {
        "promise_id": promise.target.target_id,
        "steps": str(words.steps(promise)).strip(),
        "otherwise": "；".join(str(words.promised(row)) for row in promise.otherwise) or None,
        "statements": len(promise.rows),
        "places": str(words.listed_places(promise.places)),
        "first_year": promise.steps[0].target.year,
        **_organizations(_answering(promise)),
    }


def _answering(promise: Promise) -> list[Responsibility]:
    """Each unit that answers for a promise once, in the weightiest role that any place gives it."""
    named = (each for place in promise.named for each in place.responsibilities)
    weightiest = {each.org_id: each for each in named if each.role == promise.roles[each.org_id]}
    return list(weightiest.values())


def _task(plan: Plan, task: Task) -> SqlRow:
    return {
        "task_id": task.task_id,
        "region_code": plan.region.region_code,
        **_organizations(task.responsibilities),
        "organization_count": len(task.responsibilities),
        "target_count": len(task.targets),
    }


def _verdict(verdict: Verdict, words: dict[Any, Any]) -> SqlRow:
    """A verdict with its inputs; `words`: those of the flat tables by language."""
    return {
        "target_id": verdict.target.target_id,
        "verdict": verdict.word,
        "rule": verdict.rule,
        "reason": verdict.reason or None,
        "as_of": str(verdict.as_of),
        "due": str(verdict.due),
        "overdue": int(verdict.overdue),
        "value": verdict.value,
        "unit": verdict.unit or None,
        **_figure("figure", verdict.figure),
        **_figure("baseline", verdict.baseline),
        "expected": verdict.expected,
        "step_id": verdict.step.target_id if verdict.step else None,
        **_figure("newest", verdict.newest),
        "searched": str(verdict.searched) if verdict.searched else None,
        "sum_zh": str(words["zh"].sum(verdict)),
        "sum_en": str(words["en"].sum(verdict)),
    }


def _figure(name: str, figure: Comparable | None) -> SqlRow:
    if not figure:
        return dict.fromkeys((f"{name}_id", f"{name}_value", f"{name}_bound", f"{name}_period"))
    return {
        f"{name}_id": figure.id,
        f"{name}_value": figure.value,
        f"{name}_bound": figure.bound,
        f"{name}_period": str(figure.time),
    }


def _year(verdict: Verdict, year: YearVerdict) -> SqlRow:
    return {
        "target_year": f"{verdict.target.target_id}-{year.year}",
        "target_id": verdict.target.target_id,
        "year": year.year,
        "verdict": year.word,
        "reason": year.reason or None,
        **_figure("figure", year.figure),
    }


def _organizations(responsibilities: Iterable[Responsibility]) -> dict[str, str]:
    """The names of the units that lead, and of all others."""
    lead = [each.organization.name_zh for each in responsibilities if each.role == "lead"]
    others = [each.organization.name_zh for each in responsibilities if each.role != "lead"]
    return {"lead": "、".join(lead), "responsible": "、".join(others)}


def _comparison(target_id: str, compared: Comparison) -> SqlRow:
    reference = compared.reference
    return {
        "target_id": target_id,
        "relation": compared.relation,
        "obstacle": compared.obstacle,
        "reference_id": reference.target_id if reference else None,
    }
