"""`build.py form`: write the Excel form of a plan that officials fill in."""

from __future__ import annotations

from pathlib import Path

import click

from openplans import pipeline
from openplans.cli.common import Printer, console, root_option
from openplans.packages.read import UnknownPlan
from openplans.paths import Paths


@click.command("form")
@click.argument("plan")
@root_option
@click.option("--unit", "org_id", default="", metavar="ID", help="Only what this unit answers for.")
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="The file; PLAN.xlsx unless told otherwise."
)
def command(plan: str, root: Path, org_id: str, target: Path | None) -> None:
    """Write the Excel form of PLAN: a row for each promise, project and task."""
    from openplans.facts.model import facts
    from openplans.forms.write import form
    from openplans.packages.write import write_files

    if target and target.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--to {target}：填报表是 .xlsx，名字要以 .xlsx 结尾。Its name has to end in .xlsx")
    world, _ = pipeline.check(Paths.of(root), Printer())
    known = facts(world)
    found = next((each for each in known.plans if each.plan.id == plan), None)
    if not found:
        raise UnknownPlan(plan)
    if org_id and org_id not in {each.org_id for each in found.responsibilities}:
        raise click.UsageError(f"--unit {org_id}：{plan} 没有一项任务写到这个单位。No task of {plan} names this unit")
    path = target or Path(f"{plan}{'-' + org_id if org_id else ''}.xlsx")
    made = form(known, found, org_id)
    if path.exists() and path.read_bytes() != made:
        raise click.UsageError(
            f"{path} 已经有了，里面也许填过：先移走，或者用 --to 写到别处。"
            "It is there already and may be filled in: move it away first, or write elsewhere with --to"
        )
    write_files({path: made})
    console.print(f"填报表在 {path}\nThe form is {path}")
