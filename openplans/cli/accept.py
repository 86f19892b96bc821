"""`build.py accept`: move approved proposals into the tables of a plan."""

from __future__ import annotations

import math
import re
from pathlib import Path

import click

from openplans.cli.common import console, print_problems, root_option
from openplans.paths import Paths


@click.command("accept")
@root_option
@click.argument("plan")
@click.option("--ids", default="", metavar="ID,…", help="These proposals, by their ids in draft/.")
@click.option("--above", type=click.FloatRange(0, 1), help="All proposals that are at least as sure as this.")
def command(root: Path, plan: str, ids: str, above: float | None) -> None:
    """Move approved proposals for PLAN from draft/ into its tables, with ids, and check the plan again.

    What a proposal rests on (its task, its unit) moves with it; what can't move yet stays, with the reason.
    """
    from openplans.drafting.checking import checked
    from openplans.drafting.deciding import Conflict, Desk, NoProposal, accept_all
    from openplans.drafting.store import Refused

    wanted = re.findall(r"[^\s,，、;；]+", ids)
    if above is not None and math.isnan(above):
        raise click.UsageError("--above 要一个 0 到 1 的数。--above takes a number from 0 to 1")
    if not wanted and above is None:
        raise click.UsageError("写明 --ids 或 --above。Say which: --ids or --above.")
    paths = Paths.of(root)
    try:
        desk = Desk.open(paths, plan)
        done, waiting = accept_all(desk, wanted, above)
    except NoProposal as missing:
        click.echo(str(missing), err=True)
        raise click.exceptions.Exit(1) from None
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    try:
        desk.save()
    except Conflict:
        raise click.ClickException(
            "文件刚被别人改过，请再来一次。The files have just been changed; try again."
        ) from None
    click.echo(f"收入 {len(done)} 条。{len(done)} accepted.")
    for each in waiting:
        click.echo(f"  留下 waiting {each}")
    problems = checked(paths, plan)
    print_problems(problems)
    console.print(f"还有 {len(problems)} 个问题。{len(problems)} problems left.")
