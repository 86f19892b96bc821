"""`build.py serve`: build the site, then serve it and Datasette on this machine."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from openplans import pipeline, routes
from openplans.build import preview
from openplans.cli.common import Printer, attempt, output_option, project_paths, root_option
from openplans.server import development


@click.command("serve")
@root_option
@output_option
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help="The local port.")
def command(root: Path, output: Path | None, port: int) -> None:
    """Serve site and Datasette (under /db/) on this machine; rebuild when the data or a template changes."""
    paths = project_paths(root, output)
    last: list[preview.BuiltFrom] = []

    def build() -> bool:
        def keep(known: preview.BuiltFrom) -> None:
            last[:] = [known]

        return attempt(lambda: pipeline.make_site(paths, Printer(), datasette=routes.DATASETTE.lstrip("/"), told=keep))

    def first(plan_ids: Collection[str]) -> preview.Pages:
        return preview.changed(paths, plan_ids, last[0]) if last else {}

    try:
        if not development.serve(paths, port, build, first):
            raise click.exceptions.Exit(1)
    except development.PortTaken as taken:
        raise click.ClickException(str(taken)) from taken
