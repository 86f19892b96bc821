"""A plan's clauses -> proposals for every table: what a careful reader would write, with how sure the rule is.

Comes in: the World and a plan whose tables may be empty. Goes out: a Draft, whose rows refer to one another by ids of
their own (draft-t001). No rule knows a document. Apart from the rules of the check, which judge what is proposed here
like anything else.
"""

from __future__ import annotations

from openplans.drafting.proposing import (
    answering,
    concepts,
    fitting,
    printing,
    projects,
    references,
    restating,
    targets,
    units,
)
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.store import Draft
from openplans.packages.link import World
from openplans.packages.read import Package

ORIGIN = "build.py draft"


def propose(world: World, plan: Package) -> Draft:
    """All proposals for a plan, whose text is read without the blanks that only part Chinese from numbers."""
    reading = Reading(world, printing.tight_plan(plan))
    works = answering.propose(reading)
    promises = targets.propose(reading, works)
    fitting.fitted(reading, promises.targets)
    draft: Draft = {
        "regions": [],
        "organizations": works.organizations,
        "organization_names": works.organization_names,
        "units": units.propose(world, promises.targets + promises.baselines),
        "tasks": works.tasks,
        "responsibilities": works.responsibilities,
        "targets": concepts.with_concepts(world, promises.targets),
        "baselines": concepts.with_concepts(world, promises.baselines),
        "projects": projects.propose(reading, works),
        "references": [],
        "attachments": projects.attachments(reading),
        "notes": [],
    }
    draft["targets"], draft["notes"] = restating.tied(world, reading, draft["targets"])
    draft["references"] = references.propose(reading, draft, promises.passed)
    printing.printed(plan, draft)
    for rows in draft.values():
        for row in rows:
            row["origin"] = ORIGIN
    return draft
