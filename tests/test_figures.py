"""Each digit of a document is inside some figure: the rule that nothing is passed over rests on it."""

from __future__ import annotations

import re

from openplans.packages.link import link
from openplans.packages.read import read_project
from openplans.paths import HOUSE, Paths
from openplans.text.quantities import figures


def test_every_digit_of_the_plans_is_inside_a_figure() -> None:
    world = link(read_project(Paths.of(HOUSE))[0])
    for plan in world.project.plans:
        for row in plan["clauses"]:
            found = figures(row["text"], world.unit_names)
            covered = {place for each in found for place in range(each.start, each.end)}
            named = {place for each in re.finditer("[“‘][0-9]+[”’]", row["text"]) for place in range(*each.span())}
            digits = {place for place, letter in enumerate(row["text"]) if letter.isascii() and letter.isdigit()}
            assert digits <= covered | named, row["clause_id"]
