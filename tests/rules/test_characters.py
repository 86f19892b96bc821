"""A character of the same sound in the place of the one that documents have."""

from __future__ import annotations

import pytest

from openplans.rules.characters import character_misspelt
from tests.rules.made import clause, plan, world

TEXTS = [clause("空气质量优良率达到95%"), clause("改善空气质量"), clause("建成乡村博物馆"), clause("博物馆免费开放")]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("空气质量优良率", []),
        ("空汽质量优良率", ["空气质"]),
        ("空间质量优良率", []),  # of another sound
        ("乡村博物管", []),  # at the end of a text nothing stands behind it
        ("乡村博物管数", ["博物馆"]),
        ("水汽质谱", []),  # nothing like it is printed
    ],
)
def test_a_name_has_the_characters_of_the_documents(name: str, meant: list[str]) -> None:
    around = world(plan(clauses=TEXTS), concepts=[{"concept_id": "x", "name_zh": name}])
    assert [hit.facts["meant"] for _, hit in character_misspelt(around)] == meant
