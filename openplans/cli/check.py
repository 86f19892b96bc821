"""`build.py check`: judge the data packages and write nothing."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openplans import pipeline
from openplans.artifacts.executor import cores
from openplans.cli import reports
from openplans.cli.common import Printer, console, no_revision, only_option, print_problems, root_option
from openplans.packages.link import World
from openplans.paths import Paths
from openplans.pipeline import BuildStep
from openplans.problems import Problem, errors, rules

if TYPE_CHECKING:
    from openplans.packages.diff import Change
    from openplans.packages.read import Project

LAST = "HEAD"
"""The last commit: where no base is named, not to judge by, only to tell which cells a person has just changed."""


@click.command("check")
@root_option
@only_option
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(reports.FORMATS)), default="text", show_default=True,
    help="How problems are printed.",
)  # fmt: skip
@click.option(
    "--base",
    default="",
    envvar="OPENPLANS_BASE",
    metavar="REV",
    help="Also hold the data against this revision or folder: no row may be lost, no id used anew.",
)
@click.option("--rules", "list_rules", is_flag=True, help="List the rules instead.")
def command(root: Path, only: tuple[str, ...], paths: tuple[Path, ...], form: str, base: str, list_rules: bool) -> None:
    """Check the data packages; write nothing. With PATHs below datapackages/plans/, or ids of plans, only those."""
    if list_rules:
        for rule in rules().values():
            click.echo(f"{rule.code}\n    {rule.zh}\n    {rule.en}")
        return
    project = Paths.of(root)
    wanted = (*only, *_plans(project, paths))
    way = _way(project, base, wanted) if base else None
    if form == "text":
        _in_words(project, wanted, way)
    else:
        _for_programs(project, wanted, form, way)


def _plans(project: Paths, paths: tuple[Path, ...]) -> list[str]:
    """The plans that paths are in; none, which means all, where one of them is outside of the plans' folders."""
    below = [_place(project, path).absolute() for path in paths]
    if not all(each.is_relative_to(project.plans) and each != project.plans for each in below):
        return []
    return list(dict.fromkeys(each.relative_to(project.plans).parts[0] for each in below))


def _place(project: Paths, path: Path) -> Path:
    """A path that there is, or the folder of the plan that has it as its id."""
    for place in (path, project.plans / path.name if path.name == str(path) else path):
        if place.exists():
            return place
    context = click.get_current_context()
    [param] = [each for each in context.command.params if each.name == "paths"]
    raise click.BadParameter(f"Path '{path}' does not exist.", context, param)


def _in_words(project: Paths, only: tuple[str, ...], way: _Way | None) -> None:
    world, problems = _checked(project, Printer(), only, way)
    print_problems(problems)
    count = world.project.accepted
    console.print(
        f"数据没有错误；{count} 行经核准不用某条规则。The data has no errors; {count} rows set a rule aside (accepted)."
    )


@dataclass(frozen=True)
class _Way:
    """What became of the data since a base: what is wrong with that, and what changed."""

    problems: list[Problem]
    changes: list[Change]
    project: Project


def _checked(
    project: Paths, watcher: pipeline.Watcher, only: tuple[str, ...], way: _Way | None
) -> tuple[World, list[Problem]]:
    """What the check says, and what is wrong with the way since a base; Rejected where there are errors."""
    try:
        world, problems = pipeline.check(project, watcher, only, cores())
    except pipeline.Rejected as rejected:
        raise pipeline.Rejected(_with(rejected.problems, way or _edits(project, only))) from None
    problems = _with(problems, way)
    if errors(problems):
        raise pipeline.Rejected(problems)
    return world, problems


def _with(problems: list[Problem], way: _Way | None) -> list[Problem]:
    """The problems, and what the way since a base adds to them, each where the data changed."""
    if way is None:
        return problems
    from openplans.rules.causes import with_way
    from openplans.rules.traced import traced

    found = with_way(problems, way.problems) if way.problems else problems
    return traced(found, way.changes, way.project)


def _way(paths: Paths, base: str, only: tuple[str, ...]) -> _Way | None:
    """The way from a base to the data as it is; None where there is no git to ask."""
    from openplans.packages import revisions
    from openplans.packages.diff import compare
    from openplans.packages.read import read_project
    from openplans.rules import history

    if not Path(base).is_dir() and not revisions.in_git(paths.root):
        return None
    try:
        with revisions.project_at(paths, base) as old:
            project, _ = read_project(paths, only)
            old.plans = [each for each in old.plans if not only or each.folder.name in only]
            said = history.problems(old, project, released=base.startswith("data-"))
            return _Way(said, compare(old, project), project)
    except revisions.UnknownRevision as unknown:
        raise no_revision(str(unknown)) from None


def _edits(paths: Paths, only: tuple[str, ...]) -> _Way | None:
    """What changed since the last commit; None where there is no git, or the commit has none of the data. Of all plans
    none but `only` these are unpacked: who mends one waits for no others.
    """
    from openplans.packages.diff import compare
    from openplans.packages.read import read_project
    from openplans.packages.revisions import packages_at
    from openplans.rules.moved import column_moved

    plans = [paths.plans / each for each in only] or [paths.plans]
    folders = [each.relative_to(paths.root).as_posix() for each in (paths.registry, paths.observations, *plans)]
    with packages_at(paths, LAST, folders) as old:
        if not old.registry.tables:
            return None
        project, _ = read_project(paths, only)
        moved = [hit.problem("column-moved", package) for package, hit in column_moved(old, project)]
        return _Way(moved, compare(old, project), project)


def _for_programs(project: Paths, only: tuple[str, ...], form: str, way: _Way | None) -> None:
    """The problems and nothing else, so that a program can read them."""
    try:
        _, problems = _checked(project, _Silent(), only, way)
    except pipeline.Rejected as rejected:
        print_problems(rejected.problems, form)
        raise click.exceptions.Exit(1) from None
    print_problems(problems, form)


class _Silent:
    """Nobody is told of the steps."""

    def step(self, name: str) -> nullcontext[BuildStep]:
        """A step that nobody sees."""
        return nullcontext(BuildStep(name))
