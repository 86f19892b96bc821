"""Does a definition say the same in both languages, and what its name says?

Comes in: the World. Goes out: definitions one of whose words of statistics (per head, at the end of, growth) has no
counterpart in the other language, or that say the contrary of their name. Apart from languages.py, which asks whose
language a text is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.names import words

_COUNTERPARTS = tuple(
    (re.compile(chinese), re.compile(english, re.IGNORECASE), words)
    for chinese, english, words in (
        ("期末|年末|存栏|保有量", r"\b(?:at the end|kept|stock|held|as of|on the day)\b", "at the end of the period"),
        ("人均|每人", r"per (?:capita|person|head)|for each|per permanent", "per person"),
        ("年增长率|年均增速|增长率", "growth|grow|increase|rise", "growth"),
        ("^累计", r"so far|total|cumulative|built up|\bnumber of\b|fostered", "so far"),
        ("城镇(?:居民|常住|失业)", "urban|town|cit(?:y|ies)", "urban"),
        ("农村(?:居民|地区)", "rural|village|farm", "rural"),
        ("出栏", "slaughter|sold", "slaughtered"),
        ("之比|倍差", r"\b(?:over|ratio|relative|to that|to the)\b", "ratio"),
        ("播种面积", r"\b(?:sown|area)\b", "sown area"),
        ("产量", r"\b(?:harvest\w*|output|yield|produc\w*|grown)\b", "output"),
    )
)
"""What a Chinese definition says, what of it an English one does, and the words for it."""

_AGAINST = tuple(
    (re.compile(chinese), re.compile(english, re.IGNORECASE))
    for chinese, english in (
        ("^全年|出栏", r"\bat the end of\b|\bkept\b"), ("期末|年末|存栏|保有", r"\bin (?:a|the) year\b|\byearly\b"),
        ("^(?!.*农村).*(城镇居民)", r"\brural residents\b"), ("^(?!.*城镇).*(农村居民)", r"\burban residents\b"),
        ("^(?!.*增加值).*(总产值)", r"\bvalue added\b"), ("^(?!.*总产值).*(增加值)", r"\bgross output\b"),
        ("增长率|增速", r"^number of\b"), ("面积", r"^(?:number|output) of\b"),
        ("累计", r"\bnewly\b|\bin the period\b"), ("^当期|新增", r"\bso far\b"),
    )
)  # fmt: skip
"""What a Chinese definition says, and what an English one does not say of the same."""

_BOTH = (
    ("存栏|保有", "出栏"), ("城镇居民", "农村居民"), ("年末|期末", "^全年"), ("总产值", "增加值"),
    ("经营性收入", "总收入"),
)  # fmt: skip
"""What a name and its definition do not say one of each."""


def definition_unlike_name(world: World) -> Iterator[tuple[Package, Hit]]:
    """A Chinese definition does not say the contrary of its name, nor ends with all of another; an English one is not
    of the words of another name alone.
    """
    table = world.project.registry.tables["concepts"]
    for row in table.rows:
        for column, name, said in (
            ("definition_zh", "name_zh", _contrary(row) or _next_behind(row, table.rows)),
            ("definition_en", "name_en", _of_another(row, table.rows))
        ):  # fmt: skip
            if said:
                facts = {"concept": row["concept_id"], "words": said, "name": row[name]}
                yield world.project.registry, at(table, row, column, **facts)


FEWEST = 3
"""Words of another name in a definition that has none of its own: of fewer, chance has some."""


def _of_another(row: Row, rows: list[Row]) -> str:
    """The other English name that an English definition has words of, where it has none of its own; "" where it has."""
    said = words(row["definition_en"])
    if said & words(row["name_en"]):
        return ""
    alike = max(rows, key=lambda other: len(said & words(other["name_en"])))
    return alike["name_en"] if len(said & words(alike["name_en"])) >= FEWEST else ""


LONG = 8
"""Letters of a definition, from which on it stands at the end of no other by chance."""


def _next_behind(row: Row, rows: list[Row]) -> str:
    """The definition of another row that stands at the end of a row's own, behind which it was pasted; else ""."""
    own, others = row["definition_zh"], (each["definition_zh"] for each in rows)
    return next((each for each in others if LONG <= len(each) < len(own) and own.endswith(each)), "")


def _contrary(row: Row) -> str:
    """What a definition says where the name says the contrary; "" where it does not."""
    name, definition = row["name_zh"], row["definition_zh"]
    for own, other in (*_BOTH, *(pair[::-1] for pair in _BOTH)):
        said = re.search(other, definition)
        if re.search(own, name) and said and not re.search(own, definition) and not re.search(other, name):
            return said[0]
    return ""


def definitions_differ(world: World) -> Iterator[tuple[Package, Hit]]:
    """What a definition says in Chinese it says in English, or the English name does; and not the contrary."""
    table = world.project.registry.tables["concepts"]
    for row in table.rows:
        mixed = _contrary(row) or _next_behind(row, table.rows)
        if row["definition_en"] and not mixed and (found := _apart(row)):
            facts = {"concept": row["concept_id"], "words": found[0], "meant": found[1]}
            yield world.project.registry, at(table, row, "definition_en", **facts)


def _apart(row: Row) -> tuple[str, str] | None:
    """What the Chinese definition says and the English one does not, or says otherwise; in both languages."""
    chinese, english = row["definition_zh"], f"{row['definition_en']} {row['name_en']}"
    for own, counterpart, meant in _COUNTERPARTS:
        if (said := own.search(chinese)) and not counterpart.search(english):
            return said[0], meant
    for own, other in _AGAINST:
        if (said := own.search(chinese)) and (against := other.search(row["definition_en"])):
            return said[said.lastindex or 0], f"not: {against[0]}"
    return None
