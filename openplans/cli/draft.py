"""`build.py draft`: propose rows for a plan, beside its tables."""

from __future__ import annotations

from pathlib import Path

import click

from openplans.cli.common import root_option
from openplans.paths import Paths


@click.command("draft")
@root_option
@click.argument("plan")
@click.option(
    "--with", "program", metavar="COMMAND", default="", help="A program that proposes too: JSON in, JSON out."
)
@click.option("--anew", is_flag=True, help="Drop what was changed by hand in draft/ and propose it anew.")
def command(root: Path, plan: str, program: str, anew: bool) -> None:
    """Write proposals for PLAN to its folder draft/, beside the tables and never into them.

    What the tables hold already, and what was refused, is not proposed again.
    """
    from openplans.drafting import drafts, store

    paths = Paths.of(root)
    world = store.world_of(paths, plan)
    package = world.project.plans[0]
    if not package.sound:
        raise click.ClickException(
            "表还读不进来，先用 build.py check 看看。The tables can't be read; run build.py check first."
        )
    try:
        refused = drafts.make(world, package, program, anew)
    except store.Refused as failed:
        raise click.ClickException(str(failed)) from None
    for zh, en in refused:
        click.echo(f"没有采用 not taken: {zh}。{en}.")
    for table, rows in store.read_draft(package.folder).items():
        if rows:
            sure = sum(float(row["confidence"]) >= 0.95 for row in rows)
            click.echo(f"{len(rows):>5} {table:<20} {sure} ≥ 0.95")
    click.echo(f"下一步 next: build.py desk {plan}")
