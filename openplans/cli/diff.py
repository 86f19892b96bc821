"""`build.py diff`: what changed in the data between two revisions of git or two folders."""

from __future__ import annotations

from pathlib import Path

import click

from openplans.cli.common import no_revision, root_option
from openplans.paths import Paths

FORMATS = ("text", "markdown", "html", "json")


@click.command("diff")
@click.argument("base")
@click.argument("head", default="")
@root_option
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True, help="How to say it.")
def command(base: str, head: str, root: Path, style: str) -> None:
    """Say what changed in the data from BASE to HEAD, revisions of git or folders; HEAD is the files as they are
    unless given.
    """
    from openplans.facts.consequences import consequences
    from openplans.packages import diff_words, revisions
    from openplans.packages.diff import compare

    paths = Paths.of(root)
    if not Path(base).is_dir() and not revisions.in_git(paths.root):
        click.echo("这里没有 git 历史，无从比较。There is no history of git here to compare with.", err=True)
        return
    try:
        with revisions.project_at(paths, base) as old, revisions.project_at(paths, head) as new:
            found = diff_words.Difference(
                compare(old, new), {**diff_words.names(old), **diff_words.names(new)}, consequences(old, new)
            )
    except revisions.UnknownRevision as unknown:
        raise no_revision(str(unknown)) from None
    click.echo(diff_words.FORMATS[style](found), nl=False)
