"""What the check says against proposals that are accepted as they are."""

from __future__ import annotations

from typing import Any

from openplans.drafting import drafts
from openplans.drafting.checking import checked
from openplans.drafting.deciding import Desk, accept_all
from openplans.packages.link import World
from openplans.packages.read import Package
from openplans.paths import Paths

ASKED = (("name_zh", "某市"), ("name_en", "Name {}"), ("dimension", "rate"))
"""What only a person can say: names in English, what a rare unit measures."""


def errors(paths: Paths, world: World, plan: Package) -> list[tuple[str, Any]]:
    """The errors, but for the day of issue and the issuer where the document prints none."""
    for each in ("terms", "aliases"):  # what they lead to are plans that are not here
        file = paths.registry / f"{each}.csv"
        file.write_text(file.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    drafts.make(world, plan)
    desk = Desk.open(paths, plan.id)
    rows = (*desk.draft["regions"], *desk.draft["organizations"], *desk.draft["units"])
    for number, row in enumerate(rows):
        row.update({each: said.format(number) for each, said in ASKED if row.get(each) == ""})
    here = {**world.regions, **{row["region_code"]: row for row in desk.draft["regions"]}}
    for row in desk.draft["organizations"]:
        if row["name_en"].startswith("Name "):
            row["name_en"] = f"{here[row['region_code']]['name_en']} {row['name_en']}"
    assert accept_all(desk, above=0)[1] == []
    desk.save()
    unsaid = {"issuer", "issued"} - plan.descriptor.keys()
    found = [each for each in checked(paths, plan.id) if each.severity == "error" and each.field not in unsaid]
    return [(each.rule, each.facts) for each in found]
