"""Everything that the site's search finds, as records: one a target, task, unit, concept, clause ...

Comes in: a valid World. Goes out: Records in a fixed order, and the tokens that a text is indexed by. Apart from
publish.py, which hands them to Pagefind, because what can be found and how text is cut says nothing of files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from openplans.charts import SIGNS
from openplans.facts import joins
from openplans.facts.joins import Joined, anchor
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.text import i18n, segmentation
from openplans.text.i18n import SOURCE, Language, scaled

KINDS = ("concept", "unit", "plan", "target", "task", "project", "note", "clause")
"""Kinds of records, in the order in which the page offers them."""

MARK = "ǁ"
"""A letter that no text of ours holds. It tells tokens that are not words from words, and ends a run of Chinese."""


@dataclass(frozen=True)
class Record:
    """What is found, and what the search page shows of it.

    `url` is relative to the site's root. `name` and `text` are shown and searched; `names` (other names of the same) and
    `also` are searched only. Words of names weigh more. `id` and `theme_id` are "" where a record has none;
    `plan_ids`: the plans it is of, one but for units, none for what they share.
    `shown`: what else the page shows, by field name (place, when, amount, name_en ...).
    """

    kind: str
    url: str
    name: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    id: str = ""
    plan_ids: tuple[str, ...] = ()
    theme_id: str = ""
    shown: dict[str, str] = field(default_factory=dict)


def tokens(text: str) -> list[str]:
    """What a text is indexed by: words and numbers whole, Chinese in overlapping pairs of characters.

    Any two characters that stand side by side are found, whatever a dictionary takes for a word: 养老床 gives 养老
    老床 床ǁ. The last one is marked, so that a single character is found as the beginning of a token everywhere.
    """
    return [_token(word, after) for word, after in pairwise([*segmentation.words(text), ""])]


def tag(name: str, value: str) -> str:
    """The token that a filter looks for: ǁkindǁtargetǁ."""
    return MARK.join(["", name, "".join(filter(str.isalnum, value)), ""])


def name_tokens(record: Record) -> list[str]:
    """The tokens of all its names, the one that is shown first."""
    return _tokens([record.name, *record.names])


def all_tokens(record: Record) -> list[str]:
    """All tokens of a record: names first, what filters look for last."""
    plans = [("plan", plan_id) for plan_id in record.plan_ids]
    tags = [("kind", record.kind), *plans, ("theme", record.theme_id), ("id", record.id)]
    filters = [tag(name, value) for name, value in tags if value]
    return [*name_tokens(record), *_tokens([record.text, *record.also]), *filters]


def records(world: World) -> Iterator[Record]:
    """Everything that can be found, once: what plans share first, then plan by plan, each in the order of its tables."""
    yield from _concepts(world)
    yield from _units(world)
    endings: dict[str, Language] = {"": SOURCE, "_en": "en"}
    spoken = {end: i18n.spoken("flat", language, world.units, world.terms) for end, language in endings.items()}
    for plan in world.project.plans:
        for record in (
            _plan(plan), *_targets(world, plan, spoken), *_tasks(world, plan), *_projects(plan),
            *_notes(plan), *_clauses(plan),
        ):  # fmt: skip
            yield _placed(world, plan, record)


def _tokens(texts: Iterable[str]) -> list[str]:
    return [token for text in dict.fromkeys(texts) for token in tokens(text)]


def _token(word: str, after: str) -> str:
    if not segmentation.is_han(word):
        return word
    return word + after if segmentation.is_han(after) else word + MARK


def choices(world: World) -> tuple[list[str], list[Row]]:
    """What a search can be narrowed to: the kinds and the themes that there are records of, in their order."""
    there = {(record.kind, record.theme_id) for record in records(world)}
    kinds, theme_ids = {kind for kind, _ in there}, {theme_id for _, theme_id in there}
    themes = sorted(world.themes.values(), key=lambda row: row["order"])
    return [kind for kind in KINDS if kind in kinds], [row for row in themes if row["theme_id"] in theme_ids]


def _concepts(world: World) -> Iterator[Record]:
    """The concepts that some plan promises or that have an actual figure: only they have a page. What plans call them are names of theirs."""
    called: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for plan in world.project.plans:
        for row in plan["targets"]:
            called[row["concept_id"]][row["indicator"]] = None
    observed = {row["concept_id"] for row in world.project.observations["observations"]}
    for concept_id, row in world.concepts.items():
        if concept_id in called or concept_id in observed:
            theme = world.themes[row["theme_id"]]
            yield Record(
                kind="concept",
                url=f"indicators/{concept_id}/index.html",
                name=row["name_zh"],
                text=row["definition_zh"],
                names=(row["name_en"], *called[concept_id]),
                also=(row["definition_en"], theme["name_zh"], theme["name_en"]),
                theme_id=row["theme_id"],
                shown={
                    **{"name_en": row["name_en"], "text_en": row["definition_en"]},
                    **{"place": theme["name_zh"], "place_en": theme["name_en"]},
                },
            )


def _plan(plan: Package) -> Record:
    facts = plan.descriptor
    return Record(
        kind="plan",
        url=f"plans/{plan.id}/index.html",
        name=facts["title_zh"],
        text=facts["issuer"],
        names=(facts["title_en"],),
        also=(facts.get("doc_number", ""), facts["effective_start"][:4], facts["effective_end"][:4]),
        id=plan.id,
        shown={"name_en": facts["title_en"]},
    )


def _units(world: World) -> Iterator[Record]:
    """Every responsible unit once, in its own region, by every spelling that the registry knows."""
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for (_, name), org_ids in sorted(world.names.items()):
        for org_id in org_ids:
            spellings[org_id].append(name)
    printed: defaultdict[str, set[str]] = defaultdict(set)
    plan_ids: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for plan in world.project.plans:
        for row in plan["responsibilities"]:
            printed[row["org_id"]].add(row["name_in_source"])
            plan_ids[row["org_id"]][plan.id] = None
    for org_id in printed:
        unit = world.organizations[org_id]
        region = world.regions[unit["region_code"]]
        yield Record(
            kind="unit",
            url=f"{joins.unit_path(org_id)}/index.html",
            name=unit["name_zh"],
            text="、".join(sorted(printed[org_id])),
            names=(*spellings[org_id], unit["name_en"]),
            also=(region["name_zh"], region["name_en"]),
            id=org_id,
            plan_ids=tuple(plan_ids[org_id]),
            shown={"name_en": unit["name_en"], "place": region["name_zh"], "place_en": region["name_en"]},
        )


def _targets(world: World, plan: Package, spoken: dict[str, Any]) -> Iterator[Record]:
    """`spoken`: the words of the flat tables, by how the fields of their language end."""
    for row in joins.targets(world, plan):
        concept = row["concept"]["name_zh"] if row["concept"] else ""
        year, scope = row["period_end"][:4], row["scope"]
        amount, amount_en = _amount(world, row), _amount(world, row, "en")
        name_en = row["name_en"] and row["name_en"] + (f" ({world.terms.get(scope, scope)})" if scope else "")
        yield Record(
            kind="target",
            url=f"plans/{plan.id}/targets/index.html#{row['anchor']}",
            name=row["indicator"],
            text=_cells(row["quote"]),
            also=(name_en, concept, scope, year),
            id=row["target_id"],
            theme_id=row["theme"]["theme_id"],
            shown={
                **{f"when{ending}": says.period(row).strip() for ending, says in spoken.items()},
                "amount": amount,
                "amount_en": amount_en if amount_en != amount else "",
                "name_en": name_en,
            },
        )


def _tasks(world: World, plan: Package) -> Iterator[Record]:
    answers = joins.responsibilities(world, plan)
    for row in plan["tasks"]:
        units: list[Joined] = answers.get(row["task_id"], [])
        yield Record(
            kind="task",
            url=f"plans/{plan.id}/tasks/index.html#{anchor(plan, row['task_id'])}",
            name=row["title"],
            text="、".join(dict.fromkeys(each["name_in_source"] for each in units)),
            also=tuple(each["organization"]["name_zh"] for each in units),
            id=row["task_id"],
            theme_id=row["theme_id"],
        )


def _projects(plan: Package) -> Iterator[Record]:
    tasks = plan.by_id("tasks")
    for row in plan["projects"]:
        yield Record(
            kind="project",
            url=f"plans/{plan.id}/projects/index.html#{anchor(plan, row['project_id'])}",
            name=row["name"],
            text=_cells(row["quote"]),
            id=row["project_id"],
            theme_id=tasks[row["task_id"]]["theme_id"] if row["task_id"] else "",
            shown={"when": row["period_end"][:4]},
        )


def _notes(plan: Package) -> Iterator[Record]:
    """The notes: nameless, their comment stands above the words that it is about."""
    for row in plan["notes"]:
        yield Record(
            kind="note",
            url=f"findings/index.html#{row['note_id']}",
            text=_cells(row["quote"]),
            also=(row["comment_zh"], row["comment_en"], row["other_quote"]),
            id=row["note_id"],
            shown={"heading": row["comment_zh"], "heading_en": row["comment_en"]},
        )


def _clauses(plan: Package) -> Iterator[Record]:
    """The document clause by clause: headings have a name, all else stands under the heading above it."""
    by_id = plan.by_id("clauses")
    for row in plan["clauses"]:
        text, above = _cells(row["text"]), by_id.get(row["parent_id"])
        heads = row["kind"] in ("title", "heading", "annex")
        yield Record(
            kind="clause",
            url=f"plans/{plan.id}/text/index.html#{anchor(plan, row['clause_id'])}",
            name=text if heads else "",
            text="" if heads else text,
            id=row["clause_id"],
            shown={} if heads or not above else {"heading": above["text"]},
        )


def _placed(world: World, plan: Package, record: Record) -> Record:
    """A record of a plan with its region and the names that the region is found by."""
    region = world.regions[plan.descriptor["region_code"]]
    return replace(
        record,
        also=(*record.also, region["name_zh"], region["name_en"]),
        plan_ids=(plan.id,),
        shown={**record.shown, "place": region["name_zh"], "place_en": region["name_en"]},
    )


def _amount(world: World, row: Row | Joined, language: Language = SOURCE) -> str:
    """A target's value in signs, as a language counts: ≥33 万亩, ≥330,000 mu; "" where it promises no number."""
    if row["value"] is None:
        return ""
    said = [
        scaled(language, world.units, row[name], row["unit"])
        for name in ("value", "value_max")
        if row[name] is not None
    ]
    numbers = "—".join(f"{number} {scale}".strip() for number, scale, _ in said)
    unit = said[0][2]
    if language == SOURCE or unit not in world.units:
        name = unit
    else:
        name = "" if world.units[unit]["dimension"] == "count" else world.units[unit]["name_en"]
    ending = {"%": "%", "比值": ""}.get(unit, f" {name}".rstrip())
    return f"{SIGNS[row['comparator']]}{numbers}{ending}"


def _cells(text: str) -> str:
    """A row of a table, its cells told apart."""
    return text.replace("\u3000", " ｜ ")
