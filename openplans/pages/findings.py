"""Where the plans contradict themselves: one page with every finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from openplans.downloads import flat
from openplans.facts import findings
from openplans.facts.joins import NOTE_KINDS, anchor
from openplans.pages.common import Shared
from openplans.pages.contexts import Findings
from openplans.pages.data import offered
from openplans.pages.page import LANGUAGES, Page
from openplans.problems import Problem

PAGES = {"targets": "targets", "tasks": "tasks", "projects": "projects", "clauses": "text"}
"""The tables whose rows stand on a page of their plan, by the page."""


def _warning(problem: Problem, shared: Shared) -> dict[str, Any]:
    """A warning of the check, with the row it is about and, where that has one, its place on a page."""
    for package in shared.world.project.packages:
        for table in package.tables.values():
            row = (
                next((each for each in table.rows if each.line == problem.line), None)
                if table.file == problem.file
                else None
            )
            if row:
                row_id = row[table.columns[0]]
                on_page = package.kind == "plan" and table.name in PAGES
                return {
                    **_said(problem), "id": row_id, "plan": shared.summaries.get(package.id),
                    "page": f"plans/{package.id}/{PAGES[table.name]}" if on_page else "",
                    "anchor": anchor(package, row_id) if on_page else "",
                }  # fmt: skip
    return {**_said(problem), "id": problem.file, "plan": None, "page": "", "anchor": ""}


def _said(problem: Problem) -> dict[str, str]:
    return {"rule": problem.rule, "zh": problem.zh, "en": problem.en}


def pages(shared: Shared) -> Iterator[Page]:
    """The findings of all plans."""
    found = [{**row, "plan": shared.summaries[row["plan_id"]]} for row in findings.findings(shared.world)]
    counts = Counter((row["plan_id"], row["kind"]) for row in found)
    kinds = [kind for kind in NOTE_KINDS if any(row["kind"] == kind for row in found)]
    groups = [{"kind": kind, "findings": [row for row in found if row["kind"] == kind]} for kind in kinds]
    plans = [
        {"plan": plan, "counts": [counts[plan_id, kind] for kind in kinds]}
        for plan_id, plan in shared.summaries.items()
    ]
    downloads = {each: offered(shared.downloads.flat[flat.FINDINGS, each]) for each in LANGUAGES}
    warnings = [_warning(each, shared) for each in shared.warnings]
    context = Findings(total=len(found), plans=plans, groups=groups, downloads=downloads, warnings=warnings)
    yield Page("findings", "findings", context)
