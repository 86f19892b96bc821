"""`build.py database`: check, then write the SQLite database."""

from __future__ import annotations

from pathlib import Path

import click

from openplans import pipeline
from openplans.cli.common import Printer, console, only_option, output_option, project_paths, root_option


@click.command("database")
@root_option
@output_option
@only_option
def command(root: Path, output: Path | None, only: tuple[str, ...]) -> None:
    """Write the SQLite database only (build/openplans.db), and a folder for a plain Datasette (build/datasette)."""
    paths = project_paths(root, output)
    pipeline.make_database(paths, Printer(), only)
    console.print(f"The database is {paths.database}\nTo serve it anywhere: datasette serve {paths.datasette}")
