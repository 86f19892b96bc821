"""Is a row of the theme that its words speak of? Tasks, targets with a theme of their own, concepts.

Comes in: the World. Goes out: rows of whose theme nothing speaks, where much speaks of another. Witnesses are the words
of the registry's themes and concepts and of the rows of all plans, the row itself left out, and the rows that belong to
it. Apart, because how much a word says of a theme is weighed over all plans.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import log

from openplans.packages.link import OVERALL_THEME, World, theme_of
from openplans.packages.read import Package, Row, Table
from openplans.rules.hits import Hit, at, once
from openplans.rules.indicators import MARKS
from openplans.text.folding import folded

STRONG = 10.0
"""What has to speak of another theme: two rare pairs of letters (each says 4 to 6), or rows that belong to it and one.
With less, a plan that comes or goes makes a row of another doubtful."""

SHARE = 0.05
"""How little of that speaks of the row's own theme. In five plans read with care no row has so little; most themes put
at random leave no more (docs/second-reading.md)."""

NEAR = 0.5
"""How much of that speaks of another theme still for it to be offered, too."""

_OF_KIN = 3.0
"""What a row that belongs to another says of its theme."""
_MOST_KIN = 3

_KEYS = {"tasks": ("task_id", "title"), "targets": ("target_id", "indicator")}


@dataclass
class ThemeCase:
    """A row: what it is called, its theme, and the rows that belong to it, each with its theme. `told`: the witnesses
    that are the row itself.
    """

    id: str
    words: str
    theme: str
    kin: list[tuple[str, str]]
    told: list[Witness]


@dataclass
class Witnesses:
    """All that speaks for the `themes` there are: `of_row` and `of_concept` by the id of a row and of the concept that
    it has, `index` how many of each theme have a pair of letters (an inverted index), `names` how a theme is called.
    """

    themes: dict[str, Row]
    names: dict[str, list[str]]
    count: int = 0
    of_row: dict[str, Witness] = field(default_factory=dict)
    of_concept: defaultdict[str, list[Witness]] = field(default_factory=lambda: defaultdict(list))
    index: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))


@dataclass(frozen=True)
class Witness:
    """A row whose words are of a theme."""

    row: str
    concept: str
    pairs: frozenset[str]
    theme: str


def theme_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A task's theme, and a target's own, is one that words or rows speak of, where they speak of any."""
    for table, (key, words) in _KEYS.items():
        for row in plan[table]:
            if meant := _meant(world).get(row[key]):
                yield at(plan.tables[table], row, "theme_id", **_facts(world, row["theme_id"], meant, row[words]))


def theme_needless(world: World, plan: Package) -> Iterator[Hit]:
    """A target has a theme of its own only where its concept, or else its task, is of another."""
    tasks = plan.by_id("tasks")
    for row in plan["targets"]:
        task = tasks.get(row["task_id"])
        concept = _of_concept(world, row)
        if row["theme_id"] and row["theme_id"] == (concept or (task["theme_id"] if task else "")):
            facts = {"theme": row["theme_id"], "of": row["concept_id"] if concept else row["task_id"]}
            yield at(plan.tables["targets"], row, "theme_id", id=row["target_id"], **facts)


def themes_apart(world: World, plan: Package) -> Iterator[Hit]:
    """A promise is of one theme wherever the plan states it, and so are its steps year by year: rows that restate each
    other, and rows of one indicator and scope. The theme of fewer is told, of two the one that its own row names, else
    that of the later.
    """
    told: set[str] = set()
    for rows in _of_one_thing(plan):
        themes = [_theme(world, plan, row) for row in rows]
        counts = Counter(themes)
        usual = max(counts, key=lambda each: (counts[each], -bool(rows[themes.index(each)]["theme_id"])))
        for row, theme in zip(rows, themes, strict=True):
            if theme != usual and row["target_id"] not in told:
                told.add(row["target_id"])
                other = rows[themes.index(usual)]
                facts = {"id": row["target_id"], "theme": theme, "meant": usual, "other": other["target_id"]}
                yield at(*_place_of(world, plan, row), "theme_id", **facts)


def _of_one_thing(plan: Package) -> Iterator[list[Row]]:
    """The rows of targets that are about one thing. That a row restates one of another concept, scope or measure is
    another rule's."""
    groups: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in plan["targets"]:
        own = (row["concept_id"], row["scope"], row["measure"])
        groups[row["restates"] or row["target_id"], *own].append(row)
        groups[row["indicator"], row["scope"]].append(row)
    return (rows for rows in groups.values() if len(rows) > 1)


def _theme(world: World, plan: Package, row: Row) -> str:
    task = plan.by_id("tasks").get(row["task_id"])
    return theme_of(row["theme_id"], _of_concept(world, row), task["theme_id"] if task else "")


def _place_of(world: World, plan: Package, row: Row) -> tuple[Table, Row]:
    """The row that gives a target its theme, but for its concept, which other plans have, too."""
    task = plan.by_id("tasks").get(row["task_id"])
    if row["theme_id"] or _of_concept(world, row) or task is None:
        return plan.tables["targets"], row
    return plan.tables["tasks"], task


def meant_themes(world: World, plan: Package) -> list[tuple[str, tuple[str, str]]]:
    """The rows of a plan for which all plans together speak of another theme."""
    ids = {row[key] for table, (key, _) in _KEYS.items() for row in plan[table]}
    return [(row, themes) for row, themes in _meant(world).items() if row in ids]


def concept_theme_differs(world: World) -> Iterator[tuple[Package, Hit]]:
    """A concept's theme is one that its words, the concepts of its subject or the tasks of its targets speak of."""
    registry = world.project.registry
    for row in registry["concepts"]:
        if meant := _meant(world).get(row["concept_id"]):
            facts = _facts(world, row["theme_id"], meant, row["name_zh"])
            yield registry, at(registry.tables["concepts"], row, "theme_id", **facts)


def _facts(world: World, theme: str, themes: tuple[str, str], words: str) -> dict[str, str]:
    meant, second = themes
    names = {"theme_zh": world.themes[theme]["name_zh"], "meant_zh": world.themes[meant]["name_zh"]}
    return {"theme": theme, "meant": meant, "words": words, **names, "second": second}


@once
def _meant(world: World) -> dict[str, tuple[str, str]]:
    """The theme that is meant, and the second or "", by the id of each row that has another. Of what one wrong theme
    makes of its neighbours nothing is told: each is judged again without the word of the others that are in doubt.
    Where a plan was not read, its witnesses are missing, and nothing is told at all.
    """
    if not world.project.all_read:
        return {}
    witnesses = witnesses_of(world)
    judged = world.themes.keys() - {OVERALL_THEME} if OVERALL_THEME in world.themes else ()  # which another rule tells
    cases = [case for case in cases_of(world, witnesses) if case.theme in judged]
    alone = _doubtful(cases, witnesses, set())
    return _doubtful([case for case in cases if case.id in alone], witnesses, {*alone})


def _doubtful(cases: list[ThemeCase], witnesses: Witnesses, doubted: set[str]) -> dict[str, tuple[str, str]]:
    """The themes that are meant, by the id of each row that has another; nothing is asked of those in doubt."""
    return {case.id: themes for case in cases if (themes := _other(case, witnesses, doubted - {case.id}))}


def cases_of(world: World, witnesses: Witnesses) -> Iterator[ThemeCase]:
    """Every row of whose theme something may speak."""
    of_concept: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for plan in world.project.plans:
        tasks, kin = plan.by_id("tasks"), _kin(world, plan)
        for row in plan["targets"]:
            if row["task_id"] in tasks:
                of_concept[row["concept_id"]].append((row["task_id"], tasks[row["task_id"]]["theme_id"]))
            if row["theme_id"]:
                yield _case(
                    world, row, "targets", [(row["concept_id"], _of_concept(world, row))] * _MOST_KIN, witnesses
                )
        for row in plan["tasks"]:
            yield _case(world, row, "tasks", kin[row["task_id"]], witnesses)
    subjects: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in world.concepts.values():
        subjects[row["subject"]].append((row["concept_id"], row["theme_id"]))
    for key, row in world.concepts.items():
        near = [each for each in subjects[row["subject"]] if row["subject"] and each[0] != key]
        yield ThemeCase(key, row["name_zh"], row["theme_id"], near + of_concept[key], witnesses.of_concept[key])


@once
def _places(world: World) -> re.Pattern[str]:
    """The names of regions, which say of no theme: all promises of 密云 name it."""
    cores = {str(row["name_zh"]).rstrip("省市县区旗州") for row in world.regions.values()}
    return re.compile(
        "|".join(sorted(map(re.escape, filter(lambda each: len(each) > 1, cores)), key=len, reverse=True)) or "$^"
    )


def _case(world: World, row: Row, table: str, kin: list[tuple[str, str]], witnesses: Witnesses) -> ThemeCase:
    key, words = _KEYS[table]
    told = [witnesses.of_row[row[key]]] if row[key] in witnesses.of_row else []
    return ThemeCase(row[key], _places(world).sub("、", row[words]), row["theme_id"], kin, told)


def _kin(world: World, plan: Package) -> defaultdict[str, list[tuple[str, str]]]:
    """A task's targets, the task it is part of and its parts, each with its theme."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    tasks = plan.by_id("tasks")
    for row in plan["targets"]:
        own = (row["target_id"], row["theme_id"])
        found[row["task_id"]].append(own if own[1] else (row["concept_id"], _of_concept(world, row)))
    for row in plan["tasks"]:
        if row["parent_id"] in tasks:
            found[row["parent_id"]].append((row["task_id"], row["theme_id"]))
            found[row["task_id"]].append((row["parent_id"], tasks[row["parent_id"]]["theme_id"]))
    return found


def _other(case: ThemeCase, witnesses: Witnesses, doubted: set[str]) -> tuple[str, str] | None:
    """The theme that is meant rather than a row's own, and the second where that is near; None where its own may be
    right: a row that has its name is of it.
    """
    if any(name in folded(case.words) for name in witnesses.names[case.theme]):
        return None
    count = Counter(theme for row, theme in case.kin if theme in witnesses.themes and row not in doubted)
    said = defaultdict(float, {theme: _OF_KIN * min(number, _MOST_KIN) for theme, number in count.items()})
    without = [*case.told, *(witnesses.of_row[each] for each in doubted)]
    spoken = list(weighed(case.words, witnesses, without))
    own = said[case.theme] + sum(weight * shares.get(case.theme, 0) for shares, weight in spoken)
    if own > SHARE * (max(said.values()) + sum(weight for _, weight in spoken)):
        return None  # no theme can have so much more
    for shares, weight in spoken:
        for theme, share in shares.items():
            said[theme] += weight * share
    best, second = [*sorted(said, key=lambda each: (said[each], each), reverse=True), "", ""][:2]
    if not best or said[best] < STRONG or own > SHARE * said[best]:
        return None
    return best, second if second in witnesses.themes and said[second] >= NEAR * said[best] else ""


def weighed(words: str, witnesses: Witnesses, without: list[Witness]) -> Iterator[tuple[dict[str, float], float]]:
    """Of each pair of letters that witnesses have: the share of each theme among them, and what the pair weighs
    (inverse document frequency).
    """
    size = witnesses.count - len(without)
    for pair in sorted(pairs(words) & witnesses.index.keys()):
        left = dict(witnesses.index[pair])
        for each in without:
            if pair in each.pairs:
                left[each.theme] -= 1
        if count := sum(left.values()):
            yield {theme: number / count for theme, number in left.items()}, log(size / count)


def pairs(text: str) -> frozenset[str]:
    """The pairs of letters of a text, none across a mark."""
    return frozenset(part[at : at + 2] for part in MARKS.split(folded(text)) for at in range(len(part) - 1))


@once
def witnesses_of(world: World) -> Witnesses:
    """All that speaks for the themes that there are."""
    found = Witnesses(world.themes, _names(world))
    for each in _all_witnesses(world):
        if each.theme in world.themes:
            found.count += 1
            found.of_row[each.row] = each
            found.of_concept[each.concept].append(each)
            for pair in each.pairs:
                of_pair = found.index[pair]
                of_pair[each.theme] = of_pair.get(each.theme, 0) + 1
    return found


def _names(world: World) -> dict[str, list[str]]:
    """What each theme is called, its aliases included."""
    names = {theme: [folded(row["name_zh"])] for theme, row in world.themes.items()}
    for row in world.project.registry["aliases"]:
        if row["kind"] == "theme" and row["id"] in names:
            names[row["id"]].append(folded(row["alias"]))
    return names


def _all_witnesses(world: World) -> Iterable[Witness]:
    registry = world.project.registry
    for row in registry["themes"]:
        yield Witness("", "", pairs(row["name_zh"]), row["theme_id"])
    for row in registry["aliases"]:
        if row["kind"] == "theme":
            yield Witness("", "", pairs(row["alias"]), row["id"])
    for row in registry["concepts"]:
        yield Witness(row["concept_id"], row["concept_id"], pairs(row["name_zh"]), row["theme_id"])
    for plan in world.project.plans:
        tasks = plan.by_id("tasks")
        for row in plan["tasks"]:
            yield Witness(row["task_id"], "", pairs(row["title"]), row["theme_id"])
        for row in plan["targets"]:
            theme = row["theme_id"] or _of_concept(world, row) or tasks.get(row["task_id"], Row()).get("theme_id", "")
            yield Witness(row["target_id"], row["concept_id"], pairs(row["indicator"]), theme)


def _of_concept(world: World, row: Row) -> str:
    """The theme of a target's concept."""
    concept = world.concepts.get(row["concept_id"])
    return str(concept["theme_id"]) if concept else ""
