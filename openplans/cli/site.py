"""`build.py site`: check, then build the whole site and swap it in."""

from __future__ import annotations

from pathlib import Path

import click

from openplans import pipeline
from openplans.cli.common import Printer, console, only_option, output_option, project_paths, root_option
from openplans.packages.publisher import joins


def _address(_: click.Context, option: click.Parameter, url: str) -> str:
    """An option's value as an address that pages can be joined to."""
    if url and not joins(str(option.name), url):
        raise click.UsageError(
            f"{option.opts[0]} 要以 http:// 或 https:// 开头，不带空格、引号、?、#、账号。"
            f"It has to begin with http:// or https://, without blanks, quotes, ?, # or an account, not {url!r}"
        )
    return url


@click.command("site")
@root_option
@output_option
@click.option(
    "--base-url",
    default="",
    metavar="URL",
    callback=_address,
    help="The site's public address, for canonical links and the sitemap.",
)
@click.option(
    "--repository",
    default="",
    metavar="URL",
    callback=_address,
    help="Where the data is kept, for links that report a mistake or open a row in its editor.",
)
@click.option(
    "--datasette",
    default="",
    metavar="URL",
    callback=_address,
    help="Where Datasette answers, for links to it: an address, or a way from the site's root (db/).",
)
@click.option(
    "--scheduler",
    default="",
    metavar="WHERE",
    help="Where the work is done: on every core of this machine (unless told otherwise), in one process (serial), "
    "or by the workers of a Dask scheduler (tcp://...).",
)
@only_option
def command(
    root: Path,
    output: Path | None,
    base_url: str,
    repository: str,
    datasette: str,
    scheduler: str,
    only: tuple[str, ...],
) -> None:
    """Build the whole site (the default)."""
    paths = project_paths(root, output)
    public, below = (f"{each.rstrip('/')}/" if each else "" for each in (base_url, datasette))
    pipeline.make_site(paths, Printer(), public, only, repository.rstrip("/"), below, scheduler)
    console.print(f"The site is in {paths.output}")
