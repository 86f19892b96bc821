"""`build.py check`: judge the data packages and write nothing."""

from __future__ import annotations

from pathlib import Path

import click

from openplans import pipeline
from openplans.cli.common import Printer, console, only_option, print_problems, root_option
from openplans.paths import Paths
from openplans.problems import rules


@click.command("check")
@root_option
@only_option
@click.option("--rules", "list_rules", is_flag=True, help="List the rules instead.")
def command(root: Path, only: tuple[str, ...], list_rules: bool) -> None:
    """Check the data packages; write nothing."""
    if list_rules:
        for rule in rules().values():
            click.echo(f"{rule.code}\n    {rule.zh}\n    {rule.en}")
        return
    world, problems = pipeline.check(Paths.of(root), Printer(), only)
    print_problems(problems)
    count = world.project.accepted
    console.print(
        f"数据没有错误；{count} 行经核准不用某条规则。The data has no errors; {count} rows set a rule aside (accepted)."
    )
