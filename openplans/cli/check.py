"""`build.py check`: judge the data packages and write nothing."""

from __future__ import annotations

from pathlib import Path

import click

from openplans import pipeline
from openplans.cli.common import Printer, console, only_option, print_problems, root_option
from openplans.paths import Paths
from openplans.problems import Problem, errors, rules
from openplans.rules.validate import overrides


@click.command("check")
@root_option
@only_option
@click.option(
    "--base",
    default="",
    envvar="OPENPLANS_BASE",
    metavar="REV",
    help="Also hold the data against this revision or folder: no row may be lost, no id used anew.",
)
@click.option("--rules", "list_rules", is_flag=True, help="List the rules instead.")
def command(root: Path, only: tuple[str, ...], base: str, list_rules: bool) -> None:
    """Check the data packages; write nothing."""
    if list_rules:
        for rule in rules().values():
            click.echo(f"{rule.code}\n    {rule.zh}\n    {rule.en}")
        return
    paths = Paths.of(root)
    since = _since(paths, base, only) if base else []
    try:
        world, problems = pipeline.check(paths, Printer(), only)
    except pipeline.Rejected as rejected:
        raise pipeline.Rejected(sorted({*rejected.problems, *since})) from None
    problems = sorted({*problems, *since})
    if errors(problems):
        raise pipeline.Rejected(problems)
    print_problems(problems)
    count = overrides(world)
    console.print(
        f"数据没有错误；{count} 行经核准不用某条规则。The data has no errors; {count} rows set a rule aside (accepted)."
    )


def _since(paths: Paths, base: str, only: tuple[str, ...]) -> list[Problem]:
    """What is wrong with the way from a base to the data as it is; nothing where there is no git to ask."""
    from openplans.packages import revisions
    from openplans.packages.read import read_project
    from openplans.rules import history

    if not Path(base).is_dir() and not revisions.in_git(paths.root):
        return []
    try:
        with revisions.project_at(paths, base) as old:
            project, _ = read_project(paths, only)
            old.plans = [each for each in old.plans if not only or each.folder.name in only]
            return history.problems(old, project, released=base.startswith("data-"))
    except revisions.UnknownRevision as unknown:
        raise click.UsageError(f"no revision or folder {str(unknown)!r} with data packages") from None
