"""`build.py diff`: what changed in the data between two revisions of git or two folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from openplans.cli.common import no_revision, root_option
from openplans.paths import Paths

if TYPE_CHECKING:
    from openplans.packages.link import World
    from openplans.packages.read import Project

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
    from openplans.packages.link import link

    paths = Paths.of(root)
    if not base:
        raise no_revision(base)
    if not Path(base).is_dir() and not revisions.in_git(paths.root):
        click.echo("这里没有 git 历史，无从比较。There is no history of git here to compare with.", err=True)
        return
    try:
        with revisions.project_at(paths, base) as old, revisions.project_at(paths, head) as new:
            for project in (old, new):
                _tell_unread(project)
            if not head:
                _tell_half_read(new)
            before, after = link(old), link(new)
            follows = consequences(before, after, joined=_joined(before) and _joined(after))
            named = {**diff_words.names(old), **diff_words.names(new)}
            found = diff_words.Difference(compare(old, new), named, follows)
    except revisions.UnknownRevision as unknown:
        raise no_revision(str(unknown)) from None
    click.echo(diff_words.FORMATS[style](found), nl=False)


def _tell_unread(project: Project) -> None:
    """Say which files cannot be read."""
    from openplans.packages.unread import unread

    for shown in map(project.paths.shown, unread(project)):
        click.echo(f"{shown} 读不通，里面的行当作没有。{shown} cannot be read: its rows count as gone.", err=True)


def _joined(world: World) -> bool:
    """Whether what follows from a change can be told; where rows lead nowhere, and nothing else is wrong that is told
    anyway, that is said."""
    from openplans.packages.unread import half_read
    from openplans.rules.validate import can_be_joined

    whole = all(package.sound for package in world.project.packages)
    if not whole or can_be_joined(world):
        return whole
    if not list(half_read(world.project)):
        click.echo(
            "有的行连不上（先运行 build.py check），这里只说改了什么，不说由此带来的变化。"
            "Some rows lead nowhere (run build.py check first): what changed is told, and not what follows from it.",
            err=True,
        )
    return False


def _tell_half_read(project: Project) -> None:
    """Say which tables, as they are now, are not all told of. Of the past that is no news: its columns may have been
    others."""
    from openplans.packages.unread import half_read

    for shown in map(project.paths.shown, half_read(project)):
        click.echo(
            f"{shown} 里有读不通的格子、列，或者重复的编号，这里没有都说到：先运行 build.py check。"
            f"{shown} has cells or columns that cannot be read, or an id twice; not all of it is told here: "
            "run build.py check first.",
            err=True,
        )
