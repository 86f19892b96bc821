"""`build.py check`: judge the data packages and write nothing."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from openplans import pipeline
from openplans.cli import reports
from openplans.cli.common import Printer, console, only_option, print_problems, root_option
from openplans.paths import Paths
from openplans.pipeline import Step
from openplans.problems import rules


@click.command("check")
@root_option
@only_option
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(list(reports.FORMATS)), default="text", show_default=True,
    help="How problems are printed.",
)  # fmt: skip
@click.option("--rules", "list_rules", is_flag=True, help="List the rules instead.")
def command(root: Path, only: tuple[str, ...], paths: tuple[Path, ...], form: str, list_rules: bool) -> None:
    """Check the data packages; write nothing. With PATHs below datapackages/plans/, only those plans."""
    if list_rules:
        for rule in rules().values():
            click.echo(f"{rule.code}\n    {rule.zh}\n    {rule.en}")
        return
    project = Paths.of(root)
    wanted = (*only, *_plans(project, paths))
    if form == "text":
        _in_words(project, wanted)
    else:
        _for_programs(project, wanted, form)


def _plans(project: Paths, paths: tuple[Path, ...]) -> list[str]:
    """The plans that paths are in; none, which means all, where one of them is outside of the plans' folders."""
    below = [path.absolute() for path in paths]
    if not all(each.is_relative_to(project.plans) and each != project.plans for each in below):
        return []
    return list(dict.fromkeys(each.relative_to(project.plans).parts[0] for each in below))


def _in_words(project: Paths, only: tuple[str, ...]) -> None:
    world, problems = pipeline.check(project, Printer(), only)
    print_problems(problems)
    count = world.project.accepted
    console.print(
        f"数据没有错误；{count} 行经核准不用某条规则。The data has no errors; {count} rows set a rule aside (accepted)."
    )


def _for_programs(project: Paths, only: tuple[str, ...], form: str) -> None:
    """The problems and nothing else, so that a program can read them."""
    try:
        _, problems = pipeline.check(project, _Silent(), only)
    except pipeline.Rejected as rejected:
        print_problems(rejected.problems, form)
        raise click.exceptions.Exit(1) from None
    print_problems(problems, form)


class _Silent:
    """Nobody is told of the steps."""

    def step(self, name: str) -> nullcontext[Step]:
        """A step that nobody sees."""
        return nullcontext(Step(name))
