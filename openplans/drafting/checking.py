"""The check of one plan while it is being drafted.

Comes in: the paths and a plan. Goes out: its Problems, read anew from the files. Apart, because the desk asks after
every decision and reads one plan and the registry only.
"""

from __future__ import annotations

from openplans.drafting import store
from openplans.paths import Paths
from openplans.problems import Problem
from openplans.rules.validate import validate


def checked(paths: Paths, plan: str) -> list[Problem]:
    """What the check says of a plan and of the registry; of other plans nothing."""
    world, problems = store.read_world(paths, plan)
    return [each for each in validate(world, problems) if f"/plans/{plan}/" in each.file or "/registry/" in each.file]
