"""The flat tables for people, in Chinese and in English.

Comes in: the rows of `derive.flat`. Goes out: Tables whose rows have a word beside every code, and whose columns are
called by their Chinese titles, or by their English names. The words themselves stand in templates/files/flat.j2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from openplans.downloads.table import Origin, Table, of_resource
from openplans.facts import flat
from openplans.facts.joins import Joined
from openplans.packages.link import World
from openplans.schema import contract
from openplans.text import i18n
from openplans.text.i18n import Language

LANGUAGES: dict[Language, str] = {"zh": "", "en": ".en"}
"""The languages of a flat table, and what its file is called by besides its name."""

NAMES = TARGETS, COMPARISON, RESPONSIBILITIES, FINDINGS = (
    "targets-all",
    "comparison",
    "responsibilities-all",
    "findings",
)
"""The flat tables, as openplans/schema/flat.json describes them."""

Flat = dict[str, Any]
"""A row of a flat table by the schema's field names."""


@dataclass(frozen=True)
class Speaker:
    """One language: `name` picks a row's column in it, `words` puts codes into words. And where the site is."""

    name: Callable[..., str]
    words: Any
    site: str
    version: str

    def names(self, answers: Iterable[Joined], leading: bool) -> str:
        """The units that lead, or all the others, in one cell."""
        found = [self.name(each["organization"]) for each in answers if (each["role"] == "lead") == leading]
        return self.words.listed(found)


def joined(world: World) -> dict[str, list[Joined]]:
    """The rows of every flat table by its name, to be put into words in each language."""
    targets = list(flat.targets(world))
    return {
        TARGETS: targets,
        COMPARISON: list(flat.comparisons(world, targets)),
        RESPONSIBILITIES: list(flat.responsibilities(world)),
        FINDINGS: list(flat.findings(world)),
    }


def rows(
    world: World, joined: dict[str, list[Joined]], language: Language, made: Origin, site: str
) -> dict[str, list[Flat]]:
    """The rows of every flat table in a language, by the table's name."""
    words = i18n.spoken("flat", language, world.units, world.terms)
    speaker = Speaker(i18n.in_language(language), words, site, made.version)
    return {
        TARGETS: [_target(row, speaker) for row in joined[TARGETS]],
        COMPARISON: [_comparison(row, speaker) for row in joined[COMPARISON]],
        RESPONSIBILITIES: [_responsibility(row, speaker) for row in joined[RESPONSIBILITIES]],
        FINDINGS: [_finding(row, speaker) for row in joined[FINDINGS]],
    }


def table(name: str, rows: list[Flat], language: Language, made: Origin, path: str = "") -> Table:
    """A flat table; `path` is below data/ and without an ending, the table's own where it is not given."""
    resource = contract.flat()[name]
    table = of_resource(resource, rows, made, path or f"{name}{LANGUAGES[language]}")
    return table if language == "en" else _in_chinese(table)


def _in_chinese(table: Table) -> Table:
    """The table with its columns called by their titles."""
    fields = [{**field, "name": field["title"]} for field in table.fields]
    rows = [{field["title"]: row[field["name"]] for field in table.fields} for row in table.rows]
    return Table(
        table.path, table.title, table.title_en, table.description, table.description_en, fields, rows, table.origin
    )


def _target(row: Joined, speaker: Speaker) -> Flat:
    words, concept, task = speaker.words, row["concept"], row["task"]
    printed = (
        "target_id",
        "indicator",
        "scope",
        "concept_id",
        "value",
        "value_max",
        "unit",
        "converted",
        "converted_max",
    )
    return {
        **_place(row, speaker, "targets"),
        **{name: row[name] for name in (*printed, "period_start", "period_end", "task_id", "quote", "note")},
        "indicator_en": row["name_en"],
        "theme": speaker.name(row["theme"]),
        "theme_id": row["theme"]["theme_id"],
        "concept": speaker.name(concept) if concept else "",
        "unit": words.unit(row["unit"]),
        "converted_unit": words.unit(concept["unit"]) if concept and row["converted"] is not None else "",
        "measure": words.measure(row),
        "comparator": words.comparator(row),
        "period": words.period(row),
        "task": task["title"] if task else "",
        "lead_units": speaker.names(row["answers"], leading=True),
        "other_units": speaker.names(row["answers"], leading=False),
    }


def _comparison(row: Joined, speaker: Speaker) -> Flat:
    """A target with the one it is compared with, or why it is not."""
    words, reference = speaker.words, row["reference"]
    above = _target(reference, speaker) if reference else {}
    beside = ("region", "target_id", "comparator", "value", "unit", "converted", "quote", "sentence_link")
    return {
        **_target(row, speaker),
        "relation": words.relation(row["relation"], reference["region"]) if reference else "",
        "obstacle": "" if reference else words.obstacle(row),
        **{f"reference_{name}": above.get(name) for name in beside},
    }


def _responsibility(row: Joined, speaker: Speaker) -> Flat:
    task, parent = row["task"], row["parent"]
    return {
        **_place(row, speaker, "tasks"),
        **{name: row[name] for name in ("org_id", "name_in_source", "rank", "task_id", "targets")},
        "unit": speaker.name(row["organization"]),
        "role": speaker.words.role(row),
        "theme": speaker.name(row["theme"]),
        "theme_id": row["theme"]["theme_id"],
        "task": task["title"],
        "number": task["number"],
        "parent": parent["title"] if parent else "",
    }


def _finding(row: Joined, speaker: Speaker) -> Flat:
    """A finding with its first side and, where there are two, the other."""
    sides = [_side(row, speaker, side) for side in row["sides"]]
    other = sides[1] if len(sides) > 1 else dict.fromkeys(sides[0], "")
    return {
        **_source(row, speaker),
        "finding_id": row["id"],
        "kind": speaker.words.kind(row),
        "comment": speaker.words.computed() if row["computed"] else speaker.name(row, "comment"),
        **sides[0],
        **{f"other_{name}": value for name, value in other.items()},
        "row_link": f"{speaker.site}findings/#{row['id']}",
    }


def _side(row: Joined, speaker: Speaker, side: Joined) -> Flat:
    link = f"{speaker.site}plans/{row['plan'].id}/text/#{side['anchor']}"
    return {"quote": side["quote"], "place": speaker.words.place(side["place"]), "sentence_link": link}


def _place(row: Joined, speaker: Speaker, page: str) -> Flat:
    """Where a row is from and where it is shown."""
    folder = f"{speaker.site}plans/{row['plan'].id}"
    sentence = row["anchor"] if page == "targets" else row["clause"]
    return {
        **_source(row, speaker),
        "row_link": f"{folder}/{page}/#{row['anchor']}",
        "sentence_link": f"{folder}/text/#{sentence}",
    }


def _source(row: Joined, speaker: Speaker) -> Flat:
    """The plan that a row is from."""
    facts = row["plan"].descriptor
    return {
        "region": speaker.name(row["region"]),
        "region_code": facts["region_code"],
        "plan": speaker.name(facts, "title"),
        "plan_id": row["plan"].id,
        "issued": facts["issued"],
        "version": speaker.version,
    }
