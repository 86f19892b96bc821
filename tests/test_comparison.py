"""A county's targets beside its province's."""

from __future__ import annotations

import pandas as pd
import pytest

from openplans.facts.comparison import _relations, comparisons
from openplans.facts.model import Facts
from openplans.facts.series import series
from tests.conftest import facts_of


def test_every_target_of_a_county_is_compared_or_says_why_not(tiny_facts: Facts) -> None:
    found = tiny_facts.comparisons
    said = {target.removeprefix("990101-tiny-2023-"): row.relation or row.obstacle for target, row in found.items()}
    assert said == {
        "t001": "more",  # 1.6 against the province's 1.8, where lower is better
        "t003": "no-reference",
        "t004": "more",  # 90 % against 85 %
        "t008": "no-reference",
        "t010": "no-reference",
        "t012": "other-year",  # the province promises nothing for 2023
        "t013": "less",  # 80 % against 85 %
    }


def test_the_reference_is_named(tiny_facts: Facts) -> None:
    reference = tiny_facts.comparisons["990101-tiny-2023-t001"].reference
    assert reference and reference.target_id == "990000-wide-2025-t001"


@pytest.mark.parametrize(
    ("value", "reference", "better", "expected"),
    [
        (100, 90, "higher", "more"),
        (60, 90, "higher", "less"),
        (1.5, 1.8, "lower", "more"),
        (1.9, 1.8, "lower", "less"),
        (0.3, 0.1 + 0.2, "higher", "same"),
        (0, 0, "lower", "same"),
        (3e10, 3e10 + 1e-5, "lower", "same"),  # alike by their size: what is computed is as exact as it is large
        (3e-6, 2e-6, "higher", "more"),
        (2, 1, "neutral", "higher"),
        (1, 2, "neutral", "lower"),
    ],
)
def test_the_direction_of_a_concept_decides(value: float, reference: float, better: str, expected: str) -> None:
    assert _relations(pd.DataFrame({"converted": [value], "wanted": [reference], "better": [better]})) == [expected]


def test_a_total_is_not_compared(tiny, edit) -> None:
    edit("registry/concepts.csv", "%,higher,rate", "%,higher,total")
    assert facts_of(tiny).comparisons["990101-tiny-2023-t004"].obstacle == "total"


def test_nothing_stands_above_a_province_or_where_nothing_is_promised(tiny_facts: Facts) -> None:
    assert comparisons(series([]), {}, tiny_facts.registry) == {}
    province = tiny_facts.targets["990000-wide-2025-t001"]
    assert comparisons(series([province]), tiny_facts.targets, tiny_facts.registry) == {}
