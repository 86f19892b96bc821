"""`build.py desk`: decide about the proposals for a plan at a page on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from openplans.cli.common import root_option
from openplans.paths import Paths


@click.command("desk")
@root_option
@click.argument("plan")
@click.option("--port", type=click.IntRange(1, 65535), default=8002, show_default=True, help="The port on 127.0.0.1.")
def command(root: Path, plan: str, port: int) -> None:
    """Open a page on this machine, and on no other, to decide about the proposals for PLAN.

    Every decision is written at once into the plan's own CSV files; Ctrl+C ends it, and nothing is lost.
    """
    import uvicorn

    from openplans.drafting import desk, store
    from openplans.server.development import PortTaken, listening

    paths = Paths.of(root)
    if not store.world_of(paths, plan).project.plans[0].sound:
        raise click.ClickException(
            "表还读不进来，先用 build.py check 看看。The tables can't be read; run build.py check first."
        )
    try:
        with listening(port) as listener:
            click.echo(f"http://127.0.0.1:{port}/  （Ctrl+C 结束 to end）")
            uvicorn.Server(uvicorn.Config(desk.app(paths, plan, port), log_level="warning")).run(sockets=[listener])
    except PortTaken as taken:
        raise click.ClickException(str(taken)) from None
