"""Which numbers of a document ask for a row, and which rows answer for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from openplans.packages.link import link
from openplans.packages.read import read_project
from openplans.paths import HOUSE, Paths
from openplans.rules import PLAN_CHECKS
from openplans.text.quantities import figures, names

PLAN = "plans/990101-tiny-2023"
SENTENCE = "和美乡村覆盖率达到90%以上"


def unaccounted(root: Path) -> list[str]:
    return said(root, "figure-not-accounted")


def said(root: Path, code: str) -> list[str]:
    """What a check names in the tiny plan, asked alone: that the source has other words is not its matter."""
    world = link(read_project(Paths.of(root))[0])
    plan = next(each for each in world.project.plans if each.folder.name in PLAN)
    found = (hit.problem(code, plan) for hit in PLAN_CHECKS[code](world, plan))
    return sorted(each.zh.split("“")[1].split("”")[0] for each in found)


@pytest.mark.parametrize(
    ("added", "open_"),
    [
        ("", []),
        ("，五年内", []),
        ("、举办活动12次", ["12次"]),
        ("、提供24小时服务", ["24小时"]),
        ("、惠及79岁以上老人", ["79岁"]),
        ("、巡查3批次", ["3批次"]),
        ("、增长百分之五", ["百分之五"]),
        ("、三分之二的村达标", ["三分之二"]),
        ("、引进亿元以上项目", ["亿元"]),
        ("、覆盖七成农户", ["七成"]),
        ("、建成１２个", ["１２个"]),
        ("、建成3至5个", ["3至5个"]),
        ("、建设5G网络，走进千家万户", []),
        ("、每千人口", []),
    ],
)
def test_a_number_beside_a_target_asks_for_a_row(
    tiny: Path, edit: Callable[[str, str, str], None], added: str, open_: list[str]
) -> None:
    edit(f"{PLAN}/clauses.csv", SENTENCE, SENTENCE + added)
    edit(f"{PLAN}/targets.csv", SENTENCE, SENTENCE + added)
    assert unaccounted(tiny) == open_


def test_a_unit_nobody_registered_is_missed_with_full_width_marks(
    tiny: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit(f"{PLAN}/clauses.csv", "(责任单位:县农业局、县住建局、省林业局)", "（责任单位：县农业局、县教育局）")
    assert "县教育局" in said(tiny, "unit-not-accounted")


def test_every_digit_of_the_real_plans_is_in_a_figure_or_a_name() -> None:
    """The rule that nothing is passed over rests on this: a digit that no reading finds would be missed in silence."""
    project, problems = read_project(Paths.of(HOUSE))
    assert problems == []
    units = link(project).unit_names
    for plan in project.plans:
        for row in plan["clauses"]:
            spans = [*((each.start, each.end) for each in figures(row["text"], units)), *names(row["text"])]
            covered = {place for start, end in spans for place in range(start, end)}
            digits = {place for place, letter in enumerate(row["text"]) if letter.isascii() and letter.isdigit()}
            assert digits <= covered, row["clause_id"]
