"""The concept that an indicator means: by the names and aliases of the registry, written in one way.

Comes in: proposed rows with indicator, unit and measure. Goes out: the same rows with their concept, where one fits in
name, dimension and measure, and their theme. What plans say in many ways (年均增长, 增速; 倍差, 比值, 收入比) is said
in one before names are compared; numbers in a name have to be the same. In doubt the cell stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from openplans.drafting.proposing import naming
from openplans.packages.link import OVERALL_THEME, World
from openplans.packages.read import Row
from openplans.rules.concepts import nearer
from openplans.text.folding import folded

_ONE_WAY = (
    (re.compile("(?:年均|年度?|同比)?(?:增长率?|增幅|增速|递增)$"), "增速"),
    (re.compile("(?:人均可支配)?收入(?:的?(?:倍差|比值|之比|差距)|比)$"), "收入比"),
    (re.compile("(?:建成|建设覆盖|创建)率$"), "覆盖率"),
    (re.compile("村级?集体(?:经济)?"), "村集体"),
    (re.compile("(?:所)?占(?:比例|比重|比)?$|(?:比例|比重)$"), "占比"),
    (re.compile("规模以上|规上"), "规上"),
    (re.compile("粮食?播(?:种)?"), "粮食播种"),
    (re.compile("(?:生产)?总值|国内生产总值|GDP"), "总值"),
    (re.compile("空气质量|空气"), "空气"),
    (re.compile("优良(?:天数)?(?:比例|比率|率)?$"), "优良率"),
    (re.compile("3A级?景区村庄?"), "3A景区村"),
    (re.compile("每?(?:千人口?|千名?常住人口)(?:拥有)?(?:3岁以下)?(?:婴幼儿)?(?:照护)?"), "每千人"),
    (re.compile("供电可靠性?率?$"), "供电可靠率"),
    (re.compile("(?:用户)?(?:普及率|覆盖率|覆盖面)$"), "覆盖率"),
)
"""What documents call in several ways, and the one way in which names are compared."""

_LESS = re.compile(
    r"\([^()]*\)|及?以上|新增|净增|新建|建成|建设|创建|创成|培育|培养|打造|完成|实施|引育|引进|推进|累计|年度?|总|数量|人数|人次|数$|全[省市县区州]|我[省市县区州]|区域|地区|各类|[的等\W_]"
)
"""What a name may have or lack and still mean the same: verbs of making, counts, marks."""

_APART = re.compile(
    "[0-9.]+|[一二三]产|城镇|农村|城乡|低收入|脱贫|人均|户均|国家级|省级|市级|县级|新型|女性|老年|儿童|流动|务工|经营性"
)
"""What a name has to have as the other has it, however alike they are: numbers and words that set people apart."""
_NEW, _TOTAL, _RATE = re.compile("新增|净增"), re.compile("累计|总数"), re.compile("增速$")
_MEASURES = {True: ("growth", ""), False: ("level", "share", "count", "cumulative", "")}
"""The measures that a concept fits, by whether it is a rate of growth; a baseline has none."""

_NEAR = 0.86
"""How alike two names have to be, where none is equal: one may have a character in seven more than the other."""


@dataclass(frozen=True)
class _Known:
    """A name of a concept, as it is compared: what sets it apart, its dimension, whether it is a rate of growth."""

    concept: str
    name: str
    apart: tuple[str, ...]
    dimension: str
    grows: bool


def with_concepts(world: World, rows: list[Row]) -> list[Row]:
    """The rows with the concept that their indicator names, and the theme of those that have neither it nor a task."""
    known = _known(world)
    for row in rows:
        row["concept_id"] = _concept(world, row, known)
        if row["concept_id"] and nearer(world, row) is not None:  # the check would ask for another: in doubt, none
            row["concept_id"] = ""
        if "theme_id" in row and not row["concept_id"] and not row["task_id"]:
            row["theme_id"] = naming.theme(world, row["indicator"], OVERALL_THEME)
    return rows


def one_way(name: str) -> str:
    """A name in the way in which names are compared."""
    plain = folded(name)
    for pattern, way in _ONE_WAY:
        plain = pattern.sub(way, plain)
    return _LESS.sub("", plain)


def _known(world: World) -> list[_Known]:
    """The names and the Chinese aliases of all concepts."""
    registry = world.project.registry
    aliases = registry.tables["aliases"].rows if "aliases" in registry.tables else []
    said = [(row["name_zh"], key) for key, row in world.concepts.items()]
    said += [
        (row["alias"], row["id"])
        for row in aliases
        if row["kind"] == "concept" and row["language"] == "zh" and row["id"] in world.concepts
    ]
    found = []
    for name, key in said:
        unit = world.units.get(world.concepts[key]["unit"])
        if unit and (plain := one_way(name)):
            grows = bool(_RATE.search(one_way(world.concepts[key]["name_zh"])))
            found.append(_Known(key, plain, apart(plain), unit["dimension"], grows))
    return found


def apart(name: str) -> tuple[str, ...]:
    """The numbers and the words of a name that set people and things apart."""
    return tuple(sorted(_APART.findall(name)))


def _concept(world: World, row: Row, known: list[_Known]) -> str:
    """The concept of the one name that fits best; none where two concepts fit as well."""
    if row.get("value") is None:
        return ""
    name, unit = one_way(row["indicator"]), world.units.get(row["unit"])
    own, dimension = apart(name), unit["dimension"] if unit else ""
    fitting = [
        each
        for each in known
        if each.apart == own and each.dimension == dimension and row.get("measure", "") in _MEASURES[each.grows]
    ]
    equal = {each.concept for each in fitting if each.name == name}
    if equal:
        return _of_measure(world, row, equal)
    longer = [each for each in fitting if Indel.distance(name, each.name) == abs(len(name) - len(each.name))]
    alike = [(Indel.normalized_similarity(name, each.name), each.concept) for each in longer]
    best = max((score for score, _ in alike), default=0.0)
    return _of_measure(world, row, {key for score, key in alike if score == best}) if best >= _NEAR else ""


def _of_measure(world: World, row: Row, concepts: set[str]) -> str:
    """The one of concepts alike in name that counts what is new, or a running total, as the row does."""
    total = row.get("measure") in ("cumulative", "level")
    kept = {key for key in concepts if not (total and _NEW.search(world.concepts[key]["name_zh"]))}
    wanted = _TOTAL if row.get("measure") == "cumulative" else None if total else _NEW
    exact = {key for key in kept if wanted and wanted.search(world.concepts[key]["name_zh"])}
    if not total:
        kept = {key for key in kept if not _TOTAL.search(world.concepts[key]["name_zh"])}
    found = exact or kept
    return next(iter(found)) if len(found) == 1 else ""
