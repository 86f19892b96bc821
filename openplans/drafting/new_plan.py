"""A received document -> the files of a new package, and what the registry lacks for it.

Comes in: a region's code, a year, a title, the document, the World. Goes out: a NewPlan. What only a person can say
(the English title, a signature that the document lacks) stays open, and the check asks for it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from openplans.drafting.cutting import Clause, clauses, squeezed
from openplans.drafting.front_matter import FrontMatter, front_matter
from openplans.drafting.receiving import Received
from openplans.drafting.region_names import called, missing_regions
from openplans.packages.link import World
from openplans.packages.write import csv_text
from openplans.schema import contract
from openplans.text.likeness import nearest

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}

_LONGEST_TITLE = 80
"""Letters of a line that may be a title."""


@dataclass
class NewPlan:
    """A package to be: its id, its files, the rows that the registry lacks, and the lines of the web page that
    were left out as `boilerplate`, and what else of the file was `left_out`."""

    plan_id: str
    files: dict[str, str]
    regions: list[dict[str, str]] = field(default_factory=list)
    boilerplate: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    nearest_title: str | None = None
    """Where the document doesn't print the title: the most alike of its lines, "" where none is."""


def new_plan(
    region: str,
    year: int,
    title: str,
    received: Received,
    world: World,
    *,
    name: str = "",
    title_en: str = "",
    url: str = "",
) -> NewPlan:
    """The package of a document; FileRefused where nobody can tell what the region is called."""
    cut, printed = _cut(received, title)
    front, regions = front_matter(printed, year, cut, received), list[dict[str, str]]()
    if region not in world.regions:
        regions = missing_regions(region, name or called(region, front.issuer, title), cut, world.regions)
    english = (world.regions.get(region) or regions[-1])["name_en"]
    plan_id = f"{region}-{re.sub('[^a-z]', '', english.lower())}-{year}"
    descriptor = _descriptor(plan_id, region, (title, printed), received, front, title_en, url)
    descriptor["licenses"] = world.project.registry.descriptor.get("licenses") or [LICENCE]
    required = contract.descriptor_schema("plan")["required"]
    unsaid = [each for each in required if each not in descriptor]
    return NewPlan(
        plan_id,
        _files(plan_id, descriptor, cut, received.source),
        regions,
        [*received.boilerplate, *received.dropped],
        list(map(str, received.left_out)),
        unsaid,
        None if _is_printed(printed, cut) else "".join(nearest(title, _heads(cut), most=1)),
    )


def _files(plan_id: str, descriptor: dict[str, object], cut: list[Clause], source: str) -> dict[str, str]:
    """The files of a package whose only rows are its clauses, by their paths."""
    rows = [
        {
            "clause_id": f"{plan_id}-c{place:03}",
            "order": place,
            "kind": clause.kind,
            "number": clause.number,
            "text": clause.text,
            "parent_id": "" if clause.parent is None else f"{plan_id}-c{clause.parent + 1:03}",
        }
        for place, clause in enumerate(cut, 1)
    ]
    files = {
        table["path"]: csv_text(tuple(contract.fields(table)), rows if name == "clauses" else [])
        for name, table in contract.tables("plan").items()
    }
    return {**files, "datapackage.json": contract.descriptor_text(descriptor), "source.txt": source}


def _cut(received: Received, title: str) -> tuple[list[Clause], str]:
    """The clauses of a document, and its title as printed: with the bracket at its end that a person left out."""
    cut = clauses(received.lines, title)
    whole, lines = squeezed(title), (line.text.strip() for line in received.lines if not line.page)
    longer = (line for line in lines if re.fullmatch(rf"{re.escape(whole)}\([^()]*\)", squeezed(line)))
    printed = title if _is_printed(title, cut) else next(longer, title)
    return (cut if printed == title else clauses(received.lines, printed)), printed


def _is_printed(title: str, cut: list[Clause]) -> bool:
    return any(clause.kind == "title" and squeezed(clause.text) == squeezed(title) for clause in cut)


def _heads(cut: list[Clause]) -> list[str]:
    """The lines of a document that may be its title."""
    ends = tuple("。:;,")
    short = (clause for clause in cut if len(clause.text) <= _LONGEST_TITLE and not clause.number)
    return [clause.text for clause in short if not squeezed(clause.text).endswith(ends)]


def _descriptor(
    plan_id: str,
    region: str,
    titles: tuple[str, str],
    received: Received,
    front: FrontMatter,
    title_en: str,
    url: str,
) -> dict[str, object]:
    """The descriptor's properties in the order of the others'; what the document doesn't say is left out. `titles`: as
    a person calls it, and as it is printed."""
    source, (title, printed) = received.source, titles
    said = {
        "name": plan_id,
        "title": title,
        "title_en": title_en,
        "version": "0.1.0",
        "updated": date.today().isoformat(),
        "licenses": [LICENCE],
        "sources": [{"title": title, **({"path": url} if url else {})}],
        "plan_id": plan_id,
        "region_code": region,
        "title_zh": printed,
        "doc_number": front.doc_number,
        "issuer": front.issuer,
        "issued": front.issued,
        "published": front.published,
        "effective_start": front.start,
        "effective_end": front.end,
        "source_url": url,
    }
    descriptor = {name: value for name, value in said.items() if value}
    return {
        **descriptor,
        "boilerplate": received.boilerplate,
        "source_sha256": hashlib.sha256(source.encode()).hexdigest(),
        "source_length": len(source),
        "resources": list(contract.resources("plan")),
    }
