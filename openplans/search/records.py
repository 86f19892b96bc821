"""Everything that the site's search finds, as records: one for each target, task, unit, concept, clause ...

Comes in: the facts. Goes out: Records in a fixed order, and the tokens of each. Apart from index.py, which hands
them to Pagefind, because what can be found says nothing of files. How much a name weighs against text: WEIGHT and
metaWeights in templates/assets/search.js.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from openplans import routes
from openplans.facts.model import Facts
from openplans.facts.plan import PlanFacts
from openplans.facts.records import Observation, Plan, Target
from openplans.facts.registry import Registry
from openplans.facts.registry_records import Region
from openplans.facts.verdicts import Verdict
from openplans.search.tokens import tag, tokens
from openplans.text import i18n, segmentation, traditional
from openplans.text.amounts import Language, amount
from openplans.text.boundaries import across
from openplans.text.i18n import LANGUAGES, SOURCE
from openplans.text.period import Period, year_of

KINDS = ("concept", "theme", "region", "unit", "plan", "target", "task", "project", "figure", "note", "clause")
"""Kinds of records, in the order in which the page offers them."""

SLIPPED, SLIPS = ("concept", "theme", "unit"), range(3, 9)
"""What is found by its name with one wrong character, and how
long such a name is: of two characters every word is near."""

_ROW = re.compile(r"(?:^|-)([a-z]\d{3,4})$")
"""The id of a row, which lists show without that of its plan: t046."""

_NONE = ("", 0)
"""The line of what stands alone."""

_PLACED = re.compile("^[省市县区]")


@dataclass(frozen=True)
class Record:
    """What is found, and what the search page shows of it.

    `url` is relative to the site's root. `name` and `text` are shown and searched; `names` (other names of the same)
    and `also` are searched only; `meant` only where nothing has what was typed. Words of names weigh more. `id` and
    `theme_id` are "" where a record has none; `ids`: those of the rows that say the same; `plan_ids`: the plans it is
    of, one but for units, none for what they share; `region_code` likewise. `line`: of what it is a step or a period,
    and its time, a number whose whole part is the year. `shown`: what else the page shows, by field name (place, when).
    """

    kind: str
    url: str
    name: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    id: str = ""
    ids: tuple[str, ...] = ()
    plan_ids: tuple[str, ...] = ()
    region_code: str = ""
    theme_id: str = ""
    line: tuple[str, float] = _NONE
    shown: dict[str, str] = field(default_factory=dict)


def name_tokens(record: Record) -> list[str]:
    """The tokens of all its names, the one that is shown first."""
    return _tokens([record.name, *record.names])


def all_tokens(record: Record) -> list[str]:
    """All tokens of a record: names first, what filters look for last."""
    plans = [("plan", plan_id) for plan_id in record.plan_ids]
    ids = [("id", each) for each in (record.id, *record.ids)]
    rows = [("row", row[1]) for _, each in ids if (row := _ROW.search(each))]
    meant = [("meant", alias.lower()) for alias in record.meant]
    texts = (record.name, *record.names, record.text, *record.also)
    cut = (("counted", _counted(texts)), ("across", across(texts)), ("slip", _slips(record)))
    parted = [(name, each) for name, found in cut for each in found]
    tags = [("kind", record.kind), *plans, ("theme", record.theme_id), *ids, *rows, *meant, *parted]
    filters = [tag(name, value) for name, value in tags if value]
    return [*name_tokens(record), *_tokens([record.text, *record.also]), *filters]


def _counted(texts: Iterable[str]) -> Iterator[str]:
    """Each number with the character after it: 6亿 of 6亿元, which is half a pair and no token. A year needs none."""
    pairs = (pair for text in texts for pair in pairwise(segmentation.words(text)))
    yield from dict.fromkeys(
        a + b for a, b in pairs if a.isdecimal() and segmentation.is_han(b) and not (b == "年" and len(a) == 4)
    )


def _slips(record: Record) -> Iterator[str]:
    """The names of an indicator, a theme or a bureau with one character left out, behind its place: 1教局 of 教育局, by
    which 教玉局 finds it (deletions, as in SymSpell). A bureau goes without its 县 or 区, too."""
    if record.kind not in SLIPPED:
        return
    names = (segmentation.made_alike(name) for name in (record.name, *record.names))
    whole = dict.fromkeys(each for name in names for each in (name, _PLACED.sub("", name)))
    for name in (each for each in whole if len(each) in SLIPS and all(map(segmentation.is_han, each))):
        yield from (f"{at}{name[:at]}{name[at + 1 :]}" for at in range(len(name)))


def records(facts: Facts) -> Iterator[Record]:
    """Everything that can be found, once: what plans share
    first, then plan by plan, each in the order of its tables."""
    for record in (*_concepts(facts), *_themes(facts), *_regions(facts), *_organizations(facts)):
        yield _aliased(record, facts.registry)
    macros = _macros(facts.registry)
    for record in _figures(facts, macros):
        yield _aliased(record, facts.registry)
    for plan in facts.plans:
        for record in _of_plan(plan, facts, macros):
            yield _aliased(replace(_placed(plan.plan.region, record), plan_ids=(plan.plan.id,)), facts.registry)


def _macros(registry: Registry) -> dict[str, Any]:
    """The words of the flat tables, by how the fields of their language end."""
    endings: dict[str, Language] = {"": SOURCE, "_en": "en"}
    return {
        end: i18n.macros("flat", language, registry.units, registry.terms, registry.publisher.own)
        for end, language in endings.items()
    }


def _of_plan(plan: PlanFacts, facts: Facts, macros: dict[str, Any]) -> Iterator[Record]:
    """Everything of one plan."""
    yield _plan(plan.plan)
    yield from _targets(plan, facts.registry, macros, facts.verdicts)
    yield from _tasks(plan, facts.registry)
    yield from _projects(plan)
    yield from _notes(plan, routes.findings(plan.plan.id if facts.findings_apart else ""))
    yield from _clauses(plan)


def _tokens(texts: Iterable[str]) -> list[str]:
    return [token for text in dict.fromkeys(texts) for token in tokens(text)]


def occurring(found: Iterable[Record]) -> list[str]:
    """Each character of the records that has other forms, with them: "国國"."""
    there = {letter for each in found for text in (each.name, each.text, *each.names, *each.also) for letter in text}
    return [line for line in traditional.lines() if line[0] in there]


def choices(found: Iterable[Record]) -> tuple[tuple[str, ...], frozenset[str]]:
    """What a search can be narrowed to: the kinds that there are records of, in their order, and the themes."""
    there = {(record.kind, record.theme_id) for record in found}
    kinds = {kind for kind, _ in there}
    return tuple(kind for kind in KINDS if kind in kinds), frozenset(theme_id for _, theme_id in there if theme_id)


def _concepts(facts: Facts) -> Iterator[Record]:
    """The concepts that some plan promises or that have an actual figure:
    only they have a page. What plans call them are names of theirs."""
    called: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for target in facts.targets.values():
        called[target.concept_id][target.indicator] = None
    for concept_id, concept in facts.registry.concepts.items():
        if facts.shows(concept_id):
            theme = facts.registry.themes[concept.theme_id]
            yield Record(
                kind="concept",
                url=routes.in_folder(routes.indicator(concept_id)),
                name=concept.name_zh,
                text=concept.definition_zh,
                names=(concept.name_en, *called[concept_id], *facts.registry.called("concept", concept_id)),
                also=(concept_id, concept.definition_en, theme.name_zh, theme.name_en),
                theme_id=concept.theme_id,
                shown={
                    **_called(facts.registry, "concept", concept_id),
                    **{"name_en": concept.name_en, "text_en": concept.definition_en},
                    **{"place": theme.name_zh, "place_en": theme.name_en},
                },
            )


def _themes(facts: Facts) -> Iterator[Record]:
    """The themes that have a page."""
    for theme in (each.theme for each in facts.themes):
        yield Record(
            kind="theme",
            url=routes.in_folder(routes.theme(theme.theme_id)),
            name=theme.name_zh,
            names=(theme.name_en, *facts.registry.called("theme", theme.theme_id)),
            theme_id=theme.theme_id,
            shown={"name_en": theme.name_en, **_called(facts.registry, "theme", theme.theme_id)},
        )


def _regions(facts: Facts) -> Iterator[Record]:
    """The places with a plan."""
    plans: defaultdict[str, list[Plan]] = defaultdict(list)
    for plan in facts.plan.values():
        plans[plan.region.region_code].append(plan)
    for code, found in sorted(plans.items()):
        region = facts.registry.regions[code]
        yield Record(
            kind="region",
            url=routes.in_folder(routes.region(code)),
            name=region.name_zh,
            text="、".join(plan.title_zh for plan in found),
            names=(region.name_en, *facts.registry.called("region", code)),
            also=(code,),
            plan_ids=tuple(plan.id for plan in found),
            shown={"name_en": region.name_en, **_called(facts.registry, "region", code)},
        )


def _plan(plan: Plan) -> Record:
    return Record(
        kind="plan",
        url=routes.in_folder(routes.plan(plan.id)),
        name=plan.title_zh,
        text=plan.issuer,
        names=(plan.title_en,),
        also=(plan.doc_number, *plan.years, plan.region.region_code),
        id=plan.id,
        shown={"name_en": plan.title_en},
    )


def _organizations(facts: Facts) -> Iterator[Record]:
    """Every responsible unit once, in its own region, by every spelling that the registry knows."""
    by_id = {each.organization.org_id: each for each in facts.organizations}
    for org_id in dict.fromkeys(row.org_id for plan in facts.plans for row in plan.responsibilities):
        dossier = by_id[org_id]
        unit, region = dossier.organization, dossier.region
        yield Record(
            kind="unit",
            url=routes.in_folder(unit.path),
            name=unit.name_zh,
            text="、".join(sorted({name for part in dossier.plans for name in part.names})),
            names=(
                *facts.registry.spellings.get(org_id, ()),
                unit.name_en,
                *facts.registry.called("organization", org_id),
            ),
            also=(region.name_zh, region.name_en),
            id=org_id,
            plan_ids=tuple(part.plan_id for part in dossier.plans),
            region_code=region.region_code,
            shown={
                **{"name_en": unit.name_en, "place": region.name_zh, "place_en": region.name_en},
                **_called(facts.registry, "organization", org_id),
            },
        )


def _targets(
    plan: PlanFacts, registry: Registry, macros: dict[str, Any], verdicts: Mapping[str, Verdict]
) -> Iterator[Record]:
    """The targets of a plan, in words of `_macros`. What the document says in several places is found once, by the
    words of all; each yearly step of a promise for itself, with what is promised for the other years."""
    lines = {step.target.target_id: each for each in plan.promises for step in each.steps if len(each.steps) > 1}
    for target, *others in _statements(plan):
        line, scope = lines.get(target.target_id), _scope(target.scope, registry)
        zh, en = (str(amount(language, registry.units, target) or "") for language in LANGUAGES)
        yield Record(
            kind="target",
            url=_row_url(plan.plan, "targets", target.anchor),
            name=target.indicator,
            text=_cells(target.quote),
            names=(
                *dict.fromkeys(each.indicator for each in others if each.indicator != target.indicator),
                *registry.called("concept", target.concept_id),
            ),
            also=(
                *dict.fromkeys(_cells(each.quote) for each in others),
                *(target.name_en, target.concept.name_zh if target.concept else "", *map(str, target.years)),
                *scope.values(),
                *(str(says.word(verdicts[target.target_id])) for says in macros.values()),
                *dict.fromkeys((zh, en)),
            ),
            id=target.target_id,
            ids=tuple(each.target_id for each in others),
            theme_id=target.theme.theme_id,
            line=(line.target.target_id, target.year) if line else _NONE,
            shown={
                **{f"steps{ending}": says.other_steps(line, target).strip() for ending, says in macros.items() if line},
                **{f"when{ending}": says.period(target).strip() for ending, says in macros.items()},
                **{
                    f"verdict{ending}": says.beside(verdicts[target.target_id]).strip()
                    for ending, says in macros.items()
                },
                "amount": zh,
                "amount_en": en if en != zh else "",
                "name_en": target.name_en,
                **scope,
            },
        )


def _scope(scope: str, registry: Registry) -> dict[str, str]:
    """The part of a place, or the definition, that a figure holds for."""
    return {"scope": scope, "scope_en": registry.terms.get(scope, "")} if scope else {}


def _statements(plan: PlanFacts) -> list[list[Target]]:
    """The rows of a plan, those together that say one value of one promise for one time, the first statement first."""
    said: dict[tuple[object, ...], list[Target]] = {}
    for step in (step for promise in plan.promises for step in promise.steps):
        for row in step.said:
            printed = (row.value, row.value_max, row.unit)
            value = printed if row.converted is None else (row.converted, row.converted_max)
            said.setdefault((step.target.target_id, *value), []).append(row)
    return sorted(said.values(), key=lambda rows: rows[0].target_id)


def _figures(facts: Facts, macros: dict[str, Any]) -> Iterator[Record]:
    """The published actual figures; those of one thing in one place know how many periods there are."""
    periods: defaultdict[str, set[Period]] = defaultdict(set)
    for row in facts.observations:
        periods[_series(row)].add(row.time)
    for row in facts.observations:
        others = len(periods[_series(row)]) - 1
        yield replace(
            _placed(row.region, _figure(row, facts, macros, others)),
            line=(_series(row), _newness(row)) if others else _NONE,
        )


def _figure(row: Observation, facts: Facts, macros: dict[str, Any], others: int) -> Record:
    """An actual figure, by value, time and what it is of; there are `others` for other periods. The title of its source
    is only shown: the year in it is seldom that of the figure."""
    name, name_en, theme_id = _of(row, facts)
    zh, en = (str(amount(language, facts.registry.units, row)) for language in LANGUAGES)
    scope = _scope(row.scope, facts.registry)
    when = {ending: says.time(row).strip() for ending, says in macros.items()}
    return Record(
        kind="figure",
        url=routes.in_folder(*facts.figure_at(row)),
        name=name,
        names=facts.registry.called("concept", row.concept_id),
        also=(name_en, row.concept_id, *scope.values(), *when.values(), *dict.fromkeys((zh, en))),
        id=row.observation_id,
        theme_id=theme_id,
        shown={
            **{f"more{ending}": says.more(row, others).strip() for ending, says in macros.items()},
            **{f"when{ending}": said for ending, said in when.items()},
            **{"amount": zh, "amount_en": en if en != zh else "", "name_en": name_en, "source": row.source.title},
            **scope,
        },
    )


def _of(row: Observation, facts: Facts) -> tuple[str, str, str]:
    """What an actual figure is of, in both languages, and the theme of that."""
    if row.concept_id:
        concept = facts.registry.concepts[row.concept_id]
        return concept.name_zh, concept.name_en, concept.theme_id
    target = facts.targets[row.target_id]
    return target.indicator, target.name_en, target.theme.theme_id


def _series(row: Observation) -> str:
    """The same for all periods of a figure."""
    return f"{row.region.region_code}-{row.concept_id or row.target_id}-{row.scope}"


def _newness(row: Observation) -> float:
    """The end of its period as a number, 2024.1231; what was replaced stands behind all others of its year."""
    return row.time.end.year if row.replaced_by else float(f"{row.time.end:%Y.%m%d}")


def _tasks(plan: PlanFacts, registry: Registry) -> Iterator[Record]:
    for task in plan.tasks:
        units = dict.fromkeys(each.organization for each in task.responsibilities)
        yield Record(
            kind="task",
            url=_row_url(plan.plan, "tasks", task.anchor),
            name=task.title,
            text="、".join(dict.fromkeys(each.name_in_source for each in task.responsibilities)),
            also=tuple(
                name for unit in units for name in (unit.name_zh, *registry.called("organization", unit.org_id))
            ),
            id=task.task_id,
            theme_id=task.theme.theme_id,
        )


def _projects(plan: PlanFacts) -> Iterator[Record]:
    for project in plan.projects:
        yield Record(
            kind="project",
            url=_row_url(plan.plan, "projects", project.anchor),
            name=project.name,
            text=_cells(project.quote),
            id=project.project_id,
            theme_id=project.theme.theme_id if project.theme else "",
            shown={"when": year_of(project.period_end)},
        )


def _notes(plan: PlanFacts, page: str) -> Iterator[Record]:
    """The notes: nameless, their comment stands above the words that it is about."""
    for note in plan.notes:
        yield Record(
            kind="note",
            url=routes.in_folder(page, note.note_id),
            text=_cells(note.quote),
            also=(note.comment_zh, note.comment_en, note.other_quote),
            id=note.note_id,
            shown={"heading": note.comment_zh, "heading_en": note.comment_en},
        )


def _clauses(plan: PlanFacts) -> Iterator[Record]:
    """The document clause by clause: headings have a name, all else stands under the heading above it."""
    by_id = {clause.clause_id: clause for clause in plan.clauses}
    for clause in plan.clauses:
        text, above = _cells(clause.text), by_id.get(clause.parent_id)
        heads = clause.kind in ("title", "heading", "annex")
        yield Record(
            kind="clause",
            url=_row_url(plan.plan, "text", clause.anchor),
            name=text if heads else "",
            text="" if heads else text,
            id=clause.clause_id,
            shown={} if heads or not above else {"heading": above.text},
        )


def _placed(region: Region, record: Record) -> Record:
    """A record with its region and the names that the region is found by."""
    return replace(
        record,
        also=(*record.also, region.name_zh, region.name_en),
        region_code=region.region_code,
        shown={**record.shown, "place": region.name_zh, "place_en": region.name_en},
    )


def _called(registry: Registry, kind: str, key: str) -> dict[str, str]:
    """The aliases that a record is found by, a line each: the page shows those that were typed."""
    return {"aliases": "\n".join(registry.called(kind, key))}


def _aliased(record: Record, registry: Registry) -> Record:
    """A record with what people type for its theme, for its place and for words that it has.

    The document itself stays as it is: what a plan doesn't write is found in none of its clauses and in no note on
    them, or as what is near.
    """
    theme, place = registry.called("theme", record.theme_id), registry.called("region", record.region_code)
    named, held = (registry.called_for_words(text) for text in (record.name, "\n".join((record.text, *record.also))))
    if record.kind in ("clause", "note"):
        noted = place if record.kind == "note" else ()
        return replace(record, also=(*record.also, *noted), meant=tuple(dict.fromkeys((*named, *held))))
    return replace(record, names=(*record.names, *named), also=(*record.also, *theme, *place, *held))


def _row_url(plan: Plan, page: str, anchor: str) -> str:
    return routes.in_folder(routes.plan(plan.id, page), anchor)


def _cells(text: str) -> str:
    """A row of a table, its cells told apart."""
    return text.replace("\u3000", " ｜ ")
