"""What is filled in where a query asks for something: taken from the data, so that it is there.

Comes in: the facts. Goes out: the queries with examples for their parameters. Where several would do, the one that the
most rows have, so that an answer shows something; among equals the first by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from openplans.database.queries import Query, queries
from openplans.facts.model import Facts
from openplans.text.period import year_of

_OFFICE = re.compile(r"^[省市县区镇乡]|(?:局|委|委员会|办|办公室|厅)$")
"""What differs between the like units of two places: 县农业农村局, 区农业农村局."""


def filled(facts: Facts) -> tuple[Query, ...]:
    """The queries; their examples are of these facts, "" where there is nothing to take."""
    found = {name: taken(facts) for name, taken in _TAKEN.items()}
    return tuple(
        replace(
            query,
            parameters={
                name: {**words, "example": found.get(words["example"], "")} for name, words in query.parameters.items()
            },
        )
        for query in queries()
    )


def _most(values: Iterable[str]) -> str:
    """The value there is most of."""
    counts = Counter(filter(None, values))
    return min(counts, key=lambda each: (-counts[each], each), default="")


def _organization(facts: Facts) -> str:
    """What the like units of the most plans are called."""
    named = {
        (plan.plan.id, _OFFICE.sub("", each.name_in_source)) for plan in facts.plans for each in plan.responsibilities
    }
    return _most(name for _, name in sorted(named))


def _lead(facts: Facts) -> str:
    """The unit that leads most; where documents name no lead, the one that is listed most."""
    every = [each for plan in facts.plans for each in plan.responsibilities]
    return _most(each.org_id for each in every if each.role == "lead") or _most(each.org_id for each in every)


def _words(facts: Facts) -> str:
    """A place, and how the name of its first promise begins: two letters are a word as people type one."""
    target = next(iter(facts.targets.values()), None)
    return f"{target.region.name_zh} {target.indicator[:2]}" if target else ""


_TAKEN: dict[str, Callable[[Facts], str]] = {
    "words": _words,
    "lead": _lead,
    "unit": _organization,
    "year": lambda facts: _most(str(each.year) for each in facts.targets.values()),
    "project_year": lambda facts: _most(year_of(each.period_end) for plan in facts.plans for each in plan.projects),
    "concept": lambda facts: _most(
        concept_id for concept_id, rows in facts.by_concept.items() for _ in {each.plan_id for each in rows}
    ),
    "theme": lambda facts: _most(each.theme.theme_id for plan in facts.plans for each in plan.tasks),
    "plan": lambda facts: _most(each.plan_id for each in facts.targets.values()),
    "kind": lambda facts: next((each.kind for each in facts.findings if not each.computed), ""),
}
"""What queries.toml asks for by these names."""
