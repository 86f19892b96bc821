"""`build.py release`: set version, date and releases.csv from what changed since the last release."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openplans import pipeline
from openplans.cli.common import Printer, day, no_revision, root_option
from openplans.paths import Paths
from openplans.problems import errors

if TYPE_CHECKING:
    from openplans.packages.read import Package, Project


@click.command("release")
@click.argument("base", default="")
@root_option
@click.option("--date", default="", metavar="YYYY-MM-DD", help="The date of the release; today unless given.")
def command(base: str, root: Path, date: str) -> None:
    """Set version, updated and releases.csv from the changes since BASE: a revision, a folder, or the last tag
    data-*.
    """
    paths = Paths.of(root)
    with pipeline.alone(paths):
        _release(base, paths, day("--date", date or datetime.date.today().isoformat()))


def _release(base: str, paths: Paths, date: str) -> None:
    from openplans.packages import diff_words, release, revisions
    from openplans.packages.diff import compare, of_data
    from openplans.packages.write import write_files

    base = base or revisions.last_release(paths.root)
    if not base:
        raise click.UsageError(
            "还没有发布过（没有 data-* 标签），请写明和哪个版本比。"
            "Nothing has been released yet (no tag data-*): name the BASE to compare with"
        )
    new, untold = _present(paths)
    try:
        with revisions.project_at(paths, base) as old:
            steps, changes = release.steps(old, new), of_data(compare(old, new))
            called = {**diff_words.names(old), **diff_words.names(new)}
    except revisions.UnknownRevision as unknown:
        raise no_revision(str(unknown)) from None
    if not steps:
        if untold:
            raise untold
        click.echo(f"自 {base} 以来数据没有改动。The data has not changed since {base}.")
        return
    _in_order(new.registry, steps[0].new, date)
    files = release.told(new.registry, steps[0].new, date, changes, called)
    for step in (each for each in steps if each.new != each.old):
        files |= release.descriptor_of(step, date)
    write_files(files)  # all or none: a package with a new version beside one with its old one is no release
    for step in steps:
        click.echo(f"{step.package.folder.name}  {step.old} → {step.new}  ({step.size})")
    since = release.told_since(new.registry, old.registry.descriptor["version"])
    _left_to_do(since, steps[0].new)
    click.echo(f"接着提交，并打上标签。Commit this, then tag it: git tag data-{steps[0].new}")


def _present(paths: Paths) -> tuple[Project, pipeline.Rejected | None]:
    """The project as it is, checked. That a version is not told yet is what a release mends, so it is no obstacle: it
    is given back beside the project.
    """
    from openplans.packages.read import read_project

    try:
        return pipeline.check(paths, Printer())[0].project, None
    except pipeline.Rejected as rejected:
        if any(each.rule != "release-untold" for each in errors(rejected.problems)):
            raise
        return read_project(paths)[0], rejected


def _in_order(registry: Package, version: str, day: str) -> None:
    """UsageError where releases.csv has what would have to stand above the new release."""
    from openplans.packages import release

    if row := release.later(registry, version, day):
        raise click.UsageError(
            f"releases.csv 里有 {row['version']}（{row['date']}），比要写的 {version}（{day}）新："
            "改正那一行，或用 --date 写更晚的日期。"
            f"releases.csv has {row['version']} of {row['date']}, which is later than {version} of {day}: "
            "correct that row, or give a later --date"
        )


def _left_to_do(since: list[str], version: str) -> None:
    """What a person has to look at in releases.csv; `since` are the versions that it told of before, the last release
    being older."""
    if version in since:
        click.echo(
            f"releases.csv 里已有 {version}，没有再写；写好以后又有改动的，请补上。"
            f"releases.csv tells of {version} already and stays as it is: add what changed since it was written"
        )
    else:
        click.echo(
            "releases.csv 里写的是逐行的改动，请改成读者看得懂的话，先写最要紧的；"
            "首页要告诉读者的，audience 改为 readers。"
            "releases.csv has the changes row by row: put them in readers' words, what matters most first, "
            "and set audience to readers where the home page shall tell them"
        )
    if never := "、".join(each for each in since if each != version):
        click.echo(
            f"releases.csv 里还有 {never}，比对照的版本新：没有发布过的，把它的行并入 {version}。"
            f"releases.csv has {never} besides, newer than what was compared with: "
            f"if it was never released, put its rows under {version}"
        )
