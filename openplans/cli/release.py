"""`build.py release`: set version, date and releases.csv from what changed since the last release."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from openplans import pipeline
from openplans.cli.common import Printer, no_revision, root_option
from openplans.paths import Paths


@click.command("release")
@click.argument("base", default="")
@root_option
@click.option("--date", default="", metavar="YYYY-MM-DD", help="The date of the release; today unless given.")
def command(base: str, root: Path, date: str) -> None:
    """Set version, updated and releases.csv from the changes since BASE: a revision, a folder, or the last tag
    data-*.
    """
    from openplans.packages import diff_words, release, revisions
    from openplans.packages.diff import compare, of_data

    paths, day = Paths.of(root), _day(date)
    base = base or revisions.last_release(paths.root)
    if not base:
        raise click.UsageError(
            "还没有发布过（没有 data-* 标签），请写明和哪个版本比。"
            "Nothing has been released yet (no tag data-*): name the BASE to compare with"
        )
    world, _ = pipeline.check(paths, Printer())
    new = world.project
    try:
        with revisions.project_at(paths, base) as old:
            steps, changes = release.steps(old, new), of_data(compare(old, new))
            called = {**diff_words.names(old), **diff_words.names(new)}
    except revisions.UnknownRevision as unknown:
        raise no_revision(str(unknown)) from None
    if not steps:
        click.echo(f"自 {base} 以来数据没有改动。The data has not changed since {base}.")
        return
    for step in steps:
        if step.new != step.old:
            release.write(step, day)
        click.echo(f"{step.package.folder.name}  {step.old} → {step.new}  ({step.size})")
    release.tell(new.registry, steps[0].new, day, changes, called)
    click.echo(
        "releases.csv 里写的是逐行的改动，请改成读者看得懂的话，先写最要紧的。"
        "releases.csv has the changes row by row: put them in readers' words, what matters most first"
    )
    click.echo(f"接着提交，并打上标签。Commit this, then tag it: git tag data-{steps[0].new}")


def _day(date: str) -> str:
    """The date given, or today's."""
    try:
        return datetime.date.fromisoformat(date).isoformat() if date else datetime.date.today().isoformat()
    except ValueError:
        raise click.UsageError(f"--date 要写成 2026-01-31 这样。It has to look like 2026-01-31, not {date!r}") from None
