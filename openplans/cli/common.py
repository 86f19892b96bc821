"""What commands share: their options, the progress of steps, and problems in print."""

from __future__ import annotations

import datetime
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from openplans.cli import reports
from openplans.paths import HOUSE, Paths
from openplans.pipeline import BuildStep, Rejected
from openplans.problems import Problem, PublishError

STEPS = {
    "read": ("读入数据包", "reading data packages", "rows"),
    "check": ("核对", "checking", "problems"),
    "database": ("写数据库", "writing the database", "rows"),
    "downloads": ("准备下载文件", "preparing downloads", "files"),
    "charts": ("画图表", "drawing charts", "charts"),
    "pages": ("生成页面", "rendering pages", "pages"),
    "search": ("建搜索索引", "indexing for search", "records"),
    "swap": ("换上新网站", "swapping the new site in", ""),
}
"""What a step is called, and what it counts."""

console = Console(highlight=False, markup=False, soft_wrap=True)


class Printer:
    """Tells a person of the steps: a bar with a clock while one runs on a terminal, a line when it is done."""

    @contextmanager
    def step(self, name: str) -> Iterator[BuildStep]:
        zh, en, what = STEPS[name]
        step, begun = BuildStep(name), time.perf_counter()
        columns = (SpinnerColumn(), TextColumn(f"{zh} {en}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            bar = progress.add_task(name, total=None)
            step.tell = lambda done, total: progress.update(bar, completed=done, total=total)
            yield step
        counted = f"{step.count:>6} {what}" if what else ""
        console.print(f"{time.perf_counter() - begun:6.2f} s  {en:<26}{counted}")


Command = Callable[..., Any]

root_option: Callable[[Command], Command] = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=HOUSE,
    help="The project: the folder that holds datapackages/.",
)
"""--root, for all commands."""

output_option: Callable[[Command], Command] = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the site goes; ROOT/site unless told otherwise.",
)
"""--output, for commands that build the site."""

only_option: Callable[[Command], Command] = click.option(
    "--only",
    metavar="PLAN",
    multiple=True,
    help="Only this plan (the name of its folder); may be given several times.",
)
"""--only, for commands that read the plans."""


def project_paths(root: Path, output: Path | None) -> Paths:
    """The paths of the project; a UsageError for an output that would overwrite what is not the build's."""
    from openplans.build.swap import is_own

    try:
        paths = Paths.of(root, output)
    except RuntimeError as loop:
        raise click.UsageError(f"--output {output} 是绕回自己的链接。It is a link that leads back to itself") from loop
    if (
        paths.root.is_relative_to(paths.output)
        or paths.datapackages.is_relative_to(paths.output)
        or paths.output.is_relative_to(paths.datapackages)
        or paths.output.is_relative_to(paths.build)
    ):
        raise click.UsageError(
            f"--output {paths.output} 会盖掉项目自己的文件。It would overwrite the project's own files"
        )
    if paths.output.is_mount():
        raise click.UsageError(
            f"--output {paths.output} 是挂载点，不能整个换掉，请用它里面的文件夹。"
            "It is a mount point, which cannot be swapped; choose a folder in it"
        )
    if paths.output.exists() and any(paths.output.iterdir()) and not is_own(paths.output):
        raise click.UsageError(
            f"--output {paths.output} 里有不是构建写的文件，请用空的或新的文件夹。"
            "It holds files that are not a build's own; choose an empty or new folder"
        )
    return paths


def no_revision(base: str) -> click.UsageError:
    """What is told of a revision or folder that there is not."""
    return click.UsageError(
        f"没有叫 {base} 的版本，也没有这样一个有数据包的文件夹。No revision or folder {base!r} with data packages"
    )


def day(option: str, date: str) -> str:
    """A date that an option gives; a UsageError for what is none."""
    from openplans.packages.cells import DATE, YEARS

    try:
        if not DATE.fullmatch(date) or not YEARS[0] <= datetime.date.fromisoformat(date).year <= YEARS[1]:
            raise ValueError(date)
    except ValueError:
        raise click.UsageError(
            f"{option} 要写成 2026-01-31 这样。It has to look like 2026-01-31, not {date!r}"
        ) from None
    return date


def attempt(work: Callable[[], object]) -> bool:
    """Run a build; print what is wrong with the data. Whether it went well."""
    try:
        _in_words(work)
    except Rejected as rejected:
        print_problems(rejected.problems)
        count = len(rejected.problems)
        console.print(
            f"{count} 个问题，网站保持原样。"
            f"{count} problem{'s' if count > 1 else ''}; the last good site is left as it was."
        )
        return False
    except PublishError as error:
        console.print(f"{error}\n网站保持原样。The last good site is left as it was.")
        return False
    return True


def _in_words(work: Callable[[], object]) -> None:
    """Do the work; say which template of the root's own fails, where one does."""
    try:
        work()
    except (Rejected, PublishError):
        raise
    except Exception as error:
        from openplans.text.failing import in_words  # which imports Jinja: a check has no need of it

        with in_words():
            raise error


def print_problems(problems: list[Problem], form: str = "text") -> None:
    """The problems in a form; in a workflow of GitHub also as annotations, all of them in its summary."""
    if form != "text":
        click.echo(reports.github(problems, _changed()) if form == "github" else reports.FORMATS[form](problems))
    elif problems:
        click.echo(reports.text(problems))
        if reports.on_github():
            click.echo(reports.github(problems, _changed()))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if problems and summary and reports.on_github():
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(reports.summary(reports.useful(problems, _changed())))


def _changed() -> list[str]:
    """The files of the pull request that GitHub checks; none where git can't tell."""
    base = os.environ.get("GITHUB_BASE_REF")
    if not base:
        return []
    asked = ["git", "diff", "--name-only", "-z", f"origin/{base}...HEAD", "--"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return [each for each in done.stdout.split("\0") if each]
