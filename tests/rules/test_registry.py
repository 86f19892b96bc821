"""What the registry says of itself: languages, names, codes, the units of concepts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from openplans.rules import languages, measured
from openplans.rules import regions as places
from openplans.rules import registry as rules
from tests.rules.made import (
    TINY_PROJECT,
    Rows,
    clause,
    figures,
    of_registry,
    plan,
    with_figures,
    world,
)


def region(code: str, parent: str = "", level: str = "", name: str = "") -> dict[str, str]:
    return {"region_code": code, "parent_code": parent, "level": level, "name_zh": name or f"例{code}"}


@pytest.mark.parametrize(
    ("code", "level"),
    [("100000", "national"), ("330000", "province"), ("330300", "prefecture"), ("330326", "county"),
     ("330326101", "township"),
     ("330320", "county"), ("3303000", "township")],
)  # fmt: skip
def test_a_code_says_its_level(code: str, level: str) -> None:
    assert places.level_of(code) == level
    assert (
        of_registry(places.region_level_differs, world(regions=[region(code, level=level), region(code + "0")])) == []
    )
    other = "county" if level != "county" else "province"
    assert of_registry(places.region_level_differs, world(regions=[region(code, level=other)])) == [(code, "level")]


def test_a_code_of_one_s_own_says_nothing() -> None:
    odd = [region("example", level="county"), region("33000", level="county"), region("33000X", level="county")]
    assert of_registry(places.region_level_differs, world(regions=odd)) == []


@pytest.mark.parametrize(
    ("code", "parent", "wrong"),
    [
        ("330326", "330300", False),
        ("330326", "330000", True),
        ("330326", "", False),  # which is said to stand alone
        ("330326", "999999", False),  # which leads nowhere: another rule's
        ("330300", "330000", False),
        ("330300", "110000", True),
        ("330326101", "330326", False),
        ("330326101", "330300", True),
        ("440306", "440000", False),  # the nearest that is registered
        ("440306", "330000", True),
        ("550100", "330000", False),  # none above is registered
        ("330000", "100000", False),
        ("example", "330000", False),
        ("33032X", "330000", False),
        ("33030", "110000", False),
    ],
)
def test_a_region_belongs_to_the_nearest_above_by_its_code(code: str, parent: str, wrong: bool) -> None:
    known = [region(each) for each in ("100000", "110000", "330000", "330300", "330326", "440000") if each != code]
    found = of_registry(places.region_parent_differs, world(regions=[*known, region(code, parent)]))
    assert found == [(code, "parent_code")] * wrong


@pytest.mark.parametrize(
    ("others", "forgotten"), [(("330300", "330300"), True), (("330300",), False), (("330300", ""), False)]
)
def test_a_region_stands_alone_unless_no_other_of_its_level_does(others: tuple[str, ...], forgotten: bool) -> None:
    counties = [region(f"33032{number}", parent, "county") for number, parent in enumerate(others, 1)]
    known = [region("330300", level="prefecture"), *counties, region("330329", "", "county")]
    found = of_registry(places.region_parent_differs, world(regions=known))
    assert found == [("330329", "parent_code")] * forgotten


@pytest.mark.parametrize(
    ("table", "row", "expected"),
    [
        ("themes", {"theme_id": "a", "name_zh": "村庄", "name_en": "Villages"}, []),
        ("themes", {"theme_id": "a", "name_zh": "Villages", "name_en": "Villages"}, ["name_zh"]),
        ("themes", {"theme_id": "a", "name_zh": "村庄", "name_en": "村庄"}, ["name_en"]),
        ("themes", {"theme_id": "a", "name_zh": "村庄", "name_en": "Villages 村庄"}, ["name_en"]),
        ("themes", {"theme_id": "a", "name_zh": "村庄", "name_en": "Villages (村庄)"}, []),
        ("themes", {"theme_id": "a", "name_zh": "5G村庄", "name_en": "Villages"}, []),
        ("themes", {"theme_id": "a", "name_zh": "", "name_en": ""}, []),
        ("organizations", {"org_id": "a", "name_zh": "局", "name_en": "Bureau 局"}, []),  # whose full name nobody knows
        ("organizations", {"org_id": "a", "name_zh": "局", "name_en": "局"}, ["name_en"]),
        ("units", {"unit": "%", "name_en": "%"}, []),
        ("terms", {"term": "沿海", "term_en": "coast"}, []),
        ("terms", {"term": "coast", "term_en": "沿海"}, ["term", "term_en"]),
    ],
)  # fmt: skip
def test_each_name_is_in_its_language(table: str, row: dict[str, Any], expected: list[str]) -> None:
    found = of_registry(languages.wrong_language, world(**{table: [row]}))
    assert [column for _, column in found] == expected


@pytest.mark.parametrize(
    ("table", "one", "other", "expected"),
    [
        ("themes", {"name_zh": "甲", "order": 1}, {"name_zh": "甲", "order": 2}, ["name_zh"]),
        ("themes", {"name_zh": "甲", "order": 1}, {"name_zh": "乙", "order": 1}, ["order"]),
        ("themes", {"name_zh": "", "order": None}, {"name_zh": "", "order": None}, []),
        ("concepts", {"name_zh": "甲", "name_en": "A"}, {"name_zh": "甲", "name_en": "B"}, ["name_zh"]),
        ("concepts", {"name_zh": "甲", "name_en": "A"}, {"name_zh": "乙", "name_en": "A"}, ["name_en"]),
        ("regions", {"name_zh": "甲", "parent_code": "1"}, {"name_zh": "甲", "parent_code": "1"}, ["name_zh"]),
        ("regions", {"name_zh": "甲", "parent_code": "1"}, {"name_zh": "甲", "parent_code": "2"}, []),
        ("organizations", {"name_zh": "甲", "region_code": "1"}, {"name_zh": "甲", "region_code": "1"}, ["name_zh"]),
        ("organizations", {"name_zh": "甲", "region_code": "1"}, {"name_zh": "甲", "region_code": "2"}, []),
    ],
)
def test_a_name_is_one_thing_s(table: str, one: dict[str, Any], other: dict[str, Any], expected: list[str]) -> None:
    found = [
        hit for _, hit in rules.name_twice(world(**{table: [one, other]})) if hit.table and hit.table.name == table
    ]
    assert [(hit.column, hit.row and hit.row.line, hit.facts["first"]) for hit in found] == [
        (each, 3, 2) for each in expected
    ]


def test_a_region_is_called_as_its_own_plans_call_it() -> None:
    regions = [region("990101", name="例县"), region("990102", name="别县")]

    def unused(head: dict[str, Any], source: str) -> list[tuple[str, str]]:
        return of_registry(rules.name_unused, world(plan(head, source), regions=regions, organizations=[]))

    assert unused({}, "例县方案") == [] == unused({}, "")
    assert unused({}, "例示县方案") == [("990101", "name_zh")]
    assert unused({"region_code": "990102"}, "例县方案") == []  # whose code is not that of its folder
    assert unused({"region_code": "990109"}, "方案") == []


def test_a_unit_is_called_as_one_of_its_spellings() -> None:
    names: Rows = [{"region_code": "", "org_id": "a", "name": each} for each in ("县农业局", "农业局")]
    organizations: Rows = [{"org_id": "a", "name_zh": "农业局"}, {"org_id": "b", "name_zh": "住建局"}]

    def unused() -> list[tuple[str, str]]:
        return of_registry(rules.name_unused, world(organization_names=names, organizations=organizations))

    assert unused() == [("b", "name_zh")]  # of which no spelling is registered
    organizations[1]["name_zh"] = "县农业局"
    assert unused() == []  # but as one of another unit, which is another rule's
    organizations[0]["name_zh"] = "农林局"
    assert unused() == [("a", "name_zh")]


def test_the_id_of_a_unit_begins_with_its_region() -> None:
    pairs = [("990101-a", "990101"), ("990101-b", "990000"), ("990101-c", ""), ("9901011-d", "990101")]
    rows: Rows = [{"org_id": org_id, "region_code": code} for org_id, code in pairs]
    found = of_registry(rules.organization_id_differs, world(organizations=rows))
    assert found == [("990101-b", "region_code"), ("9901011-d", "region_code")]


@pytest.mark.parametrize(
    ("units", "wrong"),
    [(["亿元", "亿元"], True), (["亿元"], False), (["亿元", "%"], False), (["%", "%"], False),
     (["亿元", "没有"], False),
     (["亿元", ""], False), (["亿元", "万元", "元"], True)],
)  # fmt: skip
def test_the_unit_of_a_concept_is_wrong_where_none_of_several_rows_agrees(units: list[str], wrong: bool) -> None:
    targets: Rows = [{"concept_id": "village-coverage", "unit": each} for each in units]
    plans = [plan(targets=targets), plan({"name": "990101-other-2023"})]
    assert len(TINY_PROJECT.plans) == len(plans)  # as many as the folder has, so that all were read
    around = with_figures(world(*plans), figures([], []))
    assert of_registry(measured.concept_unit_differs, around) == [("village-coverage", "unit")] * wrong


def test_where_a_plan_was_not_read_no_concept_is_wrong() -> None:
    targets: Rows = [{"concept_id": "village-coverage", "unit": "亿元"}] * 5
    assert of_registry(measured.concept_unit_differs, world(plan(targets=targets))) == []


def test_an_alias_leads_to_something() -> None:
    pairs = [("concept", "income-ratio"), ("concept", "x"), ("organization", "990101-towns"), ("organization", "x"),
             ("theme", "goals"), ("theme", "x"), ("region", "990101"), ("region", "x"), ("word", "农庄"),
             ("word", "农场")]  # fmt: skip
    aliases: Rows = [{"kind": kind, "id": key, "alias": f"{kind} {key}"} for kind, key in pairs]
    made = plan(clauses=[clause("新建农庄")])

    def nowhere(*plans: Any) -> list[str]:
        around = with_figures(world(*plans, aliases=aliases), figures([], []))
        return [hit.facts["alias"] for _, hit in rules.alias_leads_nowhere(around)]

    unknown = ["concept x", "organization x", "theme x", "region x"]
    assert nowhere(made, plan({"name": "990101-other-2023"})) == [*unknown, "word 农场"]
    assert nowhere(made) == unknown  # of the other plan nothing is known
    broken = plan({"name": "990101-other-2023"})
    broken.broken.add("targets")
    assert nowhere(made, broken) == unknown
    assert of_registry(rules.alias_leads_nowhere, world(aliases=[])) == []


def unit(name: str, base: str = "", factor: str | None = "1", dimension: str = "area") -> dict[str, Any]:
    return {"unit": name, "name_en": name, "dimension": dimension, "base_unit": base or name,
            "factor": None if factor is None else Decimal(factor)}  # fmt: skip


@pytest.mark.parametrize(
    ("own", "column"),
    [
        (unit("公顷", "亩", "15"), ""),
        (unit("万亩", "亩", "10000"), ""),
        (unit("万亩", "亩", "1000"), "factor"),
        (unit("亿亩", "亩", "100000000"), ""),
        (unit("万公顷", "亩", "150000"), ""),  # of a unit that has a factor of its own
        (unit("万公顷", "亩", "10000"), "factor"),
        (unit("万年", "亩", "7"), ""),  # of no unit
        (unit("万户", "亩", "7"), ""),  # of a unit of another kind
        (unit("万顷", "亩", "7"), ""),  # of a unit without a factor
        (unit("公里", "亩", None), "factor"),
        (unit("公里", "亩", "0"), "factor"),
        (unit("公里", "亩", "-1"), "factor"),
        (unit("公里", "公里", "1"), ""),
        (unit("公里", "公里", "2"), "factor"),
        (unit("公里", "亩", "1", "length"), "dimension"),
        (unit("公里", "公顷", "1"), "factor"),  # on a unit that is no base itself
        (unit("公里", "没有", "0"), ""),  # which leads nowhere: the schema's
    ],
)
def test_a_unit_has_the_factor_that_its_name_and_its_base_ask_for(own: dict[str, Any], column: str) -> None:
    others = [unit("亩"), unit("公顷", "亩", "15"), unit("户", dimension="count"), unit("顷", "亩", None)]
    units = [each for each in others if each["unit"] != own["unit"]] + [own]
    found = [each for each in of_registry(measured.unit_factor, world(units=units)) if each[0] != "顷"]
    assert found == ([(own["unit"], column)] if column else [])


@pytest.mark.parametrize(
    ("code", "name", "wrong"),
    [("330326", "平阳县", False), ("330326", "平阳", True), ("330100", "杭州", True), ("330000", "浙江", True),
     ("150000", "内蒙古自治区", False), ("110000", "北京市", False), ("222400", "延边朝鲜族自治州", False),
     ("150121", "土默特左旗", False), ("330326101", "昆阳镇", False), ("330326101", "昆阳", False),
     ("330326101201", "城东社区", False), ("100000", "中国", False), ("example", "例", False), ("330326", "", False)],
)  # fmt: skip
def test_a_region_bears_its_full_name(code: str, name: str, wrong: bool) -> None:
    around = world(regions=[{"region_code": code, "name_zh": name}])
    assert of_registry(places.region_name_short, around) == [(code, "name_zh")] * wrong


def test_an_alias_is_another_name() -> None:
    rows: Rows = [
        {"kind": kind, "id": key, "alias": alias}
        for kind, key, alias in (
            ("theme", "villages", "村庄"), ("theme", "villages", "villages"), ("theme", "villages", "乡村"),
            ("region", "990101", "例县"), ("word", "村庄", "村庄"), ("theme", "none", "村庄"),
        )
    ]  # fmt: skip
    found = [hit.facts["alias"] for _, hit in rules.alias_needless(world(aliases=rows))]
    assert found == ["村庄", "villages", "例县"]
    short = world(
        aliases=[{"kind": "region", "id": "330326", "alias": "平阳"}], regions=[region("330326", name="平阳")]
    )
    assert of_registry(rules.alias_needless, short) == []  # it is the region's name that was cut short


@pytest.mark.parametrize(
    ("zh", "en", "expected"),
    [("县商务局", "Commerce Bureau", []), ("平阳县商务局", "Pingyang Commerce Bureau", []),
     ("例县商务局", "Commerce Bureau", ["name_zh"]), ("县商务局", "Li Commerce Bureau", ["name_en"]),
     ("县商务局", "Lishui Commerce Bureau", []), ("省商务局", "Zhejiang Commerce Bureau", []),
     ("平阳县驻例县办事处", "Pingyang Office in Li", [])],
)  # fmt: skip
def test_a_unit_names_no_other_region(zh: str, en: str, expected: list[str]) -> None:
    regions: Rows = [
        {"region_code": "330000", "name_zh": "浙江省", "name_en": "Zhejiang"},
        {"region_code": "330326", "name_zh": "平阳县", "name_en": "Pingyang", "parent_code": "330000"},
        {"region_code": "990101", "name_zh": "例县", "name_en": "Li"},
    ]
    row = {"org_id": "330326-commerce", "region_code": "330326", "name_zh": zh, "name_en": en}
    found = of_registry(places.name_of_another_region, world(regions=regions, organizations=[row]))
    assert [column for _, column in found] == expected


@pytest.mark.parametrize(
    ("column", "text", "meant"),
    [
        ("name_en", "Villages", None),
        ("name_en", "Villages，towns", "用英文标点的英文"), ("name_en", "Villages (村，镇)", None),
        ("name_en", "村", "英文"), ("definition_en", "Villages; 村 means the same", None),
        ("definition_en", "村庄占全部行政村的比重 of A", "英文"),
        ("definition_zh", "村庄", None), ("definition_zh", "Villages", "中文"), ("definition_en", "", None),
    ],
)  # fmt: skip
def test_names_and_definitions_are_in_their_language(column: str, text: str, meant: str | None) -> None:
    found = [
        hit.facts["meant"] for _, hit in languages.wrong_language(world(concepts=[{"concept_id": "a", column: text}]))
    ]
    assert found == [meant] * bool(meant)


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("县农业局", "township", True), ("县农业局", "mass", True), ("县农业局", "public", False),
        ("旺隆镇人民政府", "township", False), ("各乡镇人民政府", "township", False),
        ("龙港镇财政局", "township", False),
        ("县供电局", "mass", False), ("街道办事处", "township", False),
    ],
)  # fmt: skip
def test_a_bureau_is_neither_of_a_town_nor_of_the_masses(name: str, kind: str, told: bool) -> None:
    row = {"org_id": "a", "region_code": "990101", "name_zh": name, "kind": kind}
    assert bool(of_registry(rules.organization_kind_differs, world(organizations=[row]))) == told


def test_a_bureau_is_no_organ_of_the_party() -> None:
    def kinds(name: str, kind: str) -> list[tuple[str, str]]:
        row = {"org_id": "a", "region_code": "990101", "name_zh": name, "kind": kind}
        return of_registry(rules.organization_kind_differs, world(organizations=[row]))

    assert kinds("县商务局", "party") == kinds("县政府", "party") == [("a", "kind")]
    assert kinds("县委老干部局", "party") == kinds("县商务局", "public") == kinds("县直属机关工委", "party") == []
