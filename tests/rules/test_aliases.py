"""An alias leads to the thing that people mean by it."""

from __future__ import annotations

import pytest

from openplans.rules import aliases as rules
from tests.rules.made import world


@pytest.mark.parametrize(
    ("alias", "kind", "key", "told"),
    [
        ("城乡收入比", "concept", "roads", True),
        ("公路里程", "concept", "roads", False),  # it has something of its own
        ("城乡", "concept", "roads", True),  # half of the name
        ("收入", "concept", "roads", True),  # just half of both
        ("城乡差", "concept", "roads", False),  # two fifths of both
        ("城乡收入", "concept", "roads", False),  # which is another's name, as another rule says
        ("城乡收入比", "theme", "roads", False),
        ("城乡收入比", "concept", "nowhere", False),
        ("比", "concept", "roads", False),
        ("自来水", "concept", "roads", False),
    ],
)
def test_an_alias_is_not_that_of_another_concept(alias: str, kind: str, key: str, told: bool) -> None:
    concepts = [{"concept_id": "roads", "name_zh": "公路"}, {"concept_id": "income", "name_zh": "城乡收入"}]
    rows = [{"kind": kind, "id": key, "alias": alias}]
    if alias == "城乡":
        concepts[1]["name_zh"] = "城乡收"
    found = [hit.facts["meant"] for _, hit in rules.alias_of_another(world(concepts=concepts, aliases=rows))]
    assert found == ["income"] * told


def test_every_alias_is_looked_at() -> None:
    concepts = [{"concept_id": "roads", "name_zh": "公路"}, {"concept_id": "income", "name_zh": "城乡收入"}]
    rows = [
        {"kind": "theme", "id": "roads", "alias": "公路"},
        {"kind": "concept", "id": "roads", "alias": "城乡收入比"},
    ]
    assert len([*rules.alias_of_another(world(concepts=concepts, aliases=rows))]) == 1


REGIONS = [{"region_code": "330182", "name_zh": "建德市"}, {"region_code": "330326", "name_zh": "平阳县"}]


@pytest.mark.parametrize(
    ("code", "alias", "meant"),
    [("330182", "平阳", ["330326"]), ("330182", "建德", []), ("330182", "严州", []), ("330000", "平阳", [])],
)
def test_an_alias_of_a_region_is_not_the_short_name_of_another(code: str, alias: str, meant: list[str]) -> None:
    rows = [{"kind": "region", "id": code, "alias": alias, "language": "zh"}]
    told = [hit.facts["meant"] for _, hit in rules.alias_of_another(world(regions=REGIONS, aliases=rows))]
    assert told == meant


@pytest.mark.parametrize(
    ("own", "units", "meant"),
    [
        ("330326-finance", ("330326-public-security",), ["330326-public-security"]),
        ("330326-finance", (), []),  # its own region has no such office
        ("330326-public-security", ("330326-finance",), []),
        ("330326-finance", ("330326-social-security",), []),  # another office with a word of it
    ],
)
def test_an_office_is_called_as_it_is_in_other_regions(own: str, units: tuple[str, ...], meant: list[str]) -> None:
    ids = ("330182-public-security-branch", own, *units)
    made = world(
        organizations=[{"org_id": each, "region_code": each[:6]} for each in ids],
        aliases=[{"kind": "organization", "id": each, "alias": "派出所", "language": "zh"} for each in ids[:2]],
    )
    assert [hit.facts["meant"] for _, hit in rules.alias_of_another(made)] == meant
