#!/usr/bin/env python3
"""Open Plans: checks the data packages and builds the site.

The command line. It parses arguments, prints steps and problems, and sets the exit
code: 0 all is well, 1 the data has problems, 2 used wrongly.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from click_default_group import DefaultGroup
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from openplans import pipeline
from openplans.build.publish import PublishError, is_own
from openplans.packages.read import UnknownPlan
from openplans.paths import Paths
from openplans.pipeline import Busy, Rejected, Step
from openplans.problems import Problem, rules
from openplans.rules.validate import overrides

HERE = Path(__file__).parent
STEPS = {
    "read": ("读入数据包", "reading data packages", "rows"),
    "check": ("核对", "checking", "problems"),
    "database": ("写数据库", "writing the database", "rows"),
    "downloads": ("准备下载文件", "preparing downloads", "files"),
    "charts": ("画图表", "drawing charts", "charts"),
    "pages": ("生成页面", "rendering pages", "pages"),
    "mkdocs": ("生成网站", "running MkDocs", "HTML files"),
    "search": ("建搜索索引", "indexing for search", "records"),
    "swap": ("换上新网站", "swapping the new site in", ""),
}
"""What a step is called, and what it counts."""

console = Console(highlight=False, markup=False, soft_wrap=True)


class Printer:
    """Tells a person of the steps: a bar with a clock while one runs on a terminal, a line when it is done."""

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        zh, en, what = STEPS[name]
        step, begun = Step(name), time.perf_counter()
        columns = (SpinnerColumn(), TextColumn(f"{zh} {en}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            bar = progress.add_task(name, total=None)
            step.tell = lambda done, total: progress.update(bar, completed=done, total=total)
            yield step
        counted = f"{step.count:>6} {what}" if what else ""
        console.print(f"{time.perf_counter() - begun:6.2f} s  {en:<26}{counted}")


def root_option(command):
    """--root, for all commands."""
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=HERE,
        help="The project: the folder that holds datapackages/.",
    )(command)


def output_option(command):
    """--output, for commands that build the site."""
    return click.option(
        "--output",
        type=click.Path(file_okay=False, path_type=Path),
        help="Where the site goes; ROOT/site unless told otherwise.",
    )(command)


def only_option(command):
    """--only, for commands that read the plans."""
    return click.option(
        "--only",
        metavar="PLAN",
        multiple=True,
        help="Only this plan (the name of its folder); may be given several times.",
    )(command)


def _address(_: click.Context, option: click.Parameter, url: str) -> str:
    """An option's value as the address of a web page."""
    if url and not url.startswith(("http://", "https://")):
        raise click.UsageError(f"{option.opts[0]} has to begin with http:// or https://, not {url!r}")
    return url


@click.group(
    cls=DefaultGroup, default="site", default_if_no_args=True, context_settings={"help_option_names": ["-h", "--help"]}
)
def cli() -> None:
    """Check the data packages and build the Open Plans site."""


@cli.command()
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
    help="Where the data is kept, for links that report a mistake.",
)
@click.option(
    "--datasette",
    default="",
    metavar="URL",
    help="Where Datasette answers, for links to it: an address, or a way from the site's root (db/).",
)
@only_option
def site(
    root: Path, output: Path | None, base_url: str, repository: str, datasette: str, only: tuple[str, ...]
) -> None:
    """Build the whole site (the default)."""
    paths = _paths(root, output)
    public, below = (f"{each.rstrip('/')}/" if each else "" for each in (base_url, datasette))
    pipeline.make_site(paths, Printer(), public, only, repository.rstrip("/"), below)
    console.print(f"The site is in {paths.output}")


@cli.command()
@root_option
@only_option
@click.option("--rules", "list_rules", is_flag=True, help="List the rules instead.")
def check(root: Path, only: tuple[str, ...], list_rules: bool) -> None:
    """Check the data packages; write nothing."""
    if list_rules:
        for rule in rules().values():
            click.echo(f"{rule.code}\n    {rule.zh}\n    {rule.en}")
        return
    world, problems = pipeline.check(Paths.of(root), Printer(), only)
    _print_problems(problems)
    count = overrides(world)
    console.print(
        f"数据没有错误；{count} 行经核准不用某条规则。The data has no errors; {count} rows set a rule aside (accepted)."
    )


@cli.command()
@root_option
@output_option
@only_option
def database(root: Path, output: Path | None, only: tuple[str, ...]) -> None:
    """Write the SQLite database only (build/openplans.db), and a folder for a plain Datasette (build/datasette)."""
    paths = _paths(root, output)
    pipeline.make_database(paths, Printer(), only)
    console.print(f"The database is {paths.database}\nTo serve it anywhere: datasette serve {paths.datasette}")


@cli.command()
@root_option
@output_option
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help="The local port.")
def serve(root: Path, output: Path | None, port: int) -> None:
    """Serve site and Datasette (under /db/) on this machine; rebuild when the data or a template changes."""
    from openplans import serve as server  # its libraries are needed here only

    paths = _paths(root, output)
    if not server.serve(
        paths, port, lambda: _attempt(lambda: pipeline.make_site(paths, Printer(), datasette=server.MOUNT.lstrip("/")))
    ):
        raise click.exceptions.Exit(1)


def _paths(root: Path, output: Path | None) -> Paths:
    """The paths of the project; a UsageError for an output that would overwrite what is not the build's."""
    paths = Paths.of(root, output)
    if (
        paths.root.is_relative_to(paths.output)
        or paths.datapackages.is_relative_to(paths.output)
        or paths.output.is_relative_to(paths.datapackages)
        or paths.output.is_relative_to(paths.build)
    ):
        raise click.UsageError(f"--output {paths.output} would overwrite the project's own files")
    if paths.output.is_mount():
        raise click.UsageError(
            f"--output {paths.output} is a mount point, which cannot be swapped; choose a folder in it"
        )
    if paths.output.exists() and any(paths.output.iterdir()) and not is_own(paths.output):
        raise click.UsageError(
            f"--output {paths.output} holds files that are not a build's own; choose an empty or new folder"
        )
    return paths


def _attempt(work) -> bool:
    """Run a build; print what is wrong with the data. Whether it went well."""
    try:
        work()
    except Rejected as rejected:
        _print_problems(rejected.problems)
        count = len(rejected.problems)
        console.print(
            f"{count} 个问题，网站保持原样。{count} problem{'s' if count > 1 else ''}; the last good site is left as it was."
        )
        return False
    except PublishError as error:
        console.print(f"{error}\n网站保持原样。The last good site is left as it was.")
        return False
    return True


def _print_problems(problems: list[Problem]) -> None:
    """Each problem: where, which rule, what and how to mend it; for GitHub also as an annotation of the line."""
    for each in problems:
        click.echo(f"{each.address} {each.severity} {each.rule}")
        click.echo(f"    {each.zh}\n    {each.en}")
        click.echo(f"    怎样改：{each.hint_zh}\n    To mend: {each.hint_en}")
        if os.environ.get("GITHUB_ACTIONS") == "true":
            place = f"file={each.file},line={max(each.line, 1)},col={max(each.column, 1)},title={each.rule}"
            click.echo(f"::{each.severity} {place}::{each.zh} {each.hint_zh}%0A{each.en} {each.hint_en}")


def main() -> int:
    """Run the command line and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal that cannot show Chinese shows question marks
    code = 0

    def run() -> None:
        nonlocal code
        code = cli.main(standalone_mode=False) or 0

    try:
        return code if _attempt(run) else 1
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return 130
    except UnknownPlan as missing:
        click.echo(f"build.py: there is no plan {str(missing)!r} in datapackages/plans/", err=True)
        return 2
    except Busy:
        click.echo("build.py: another build of this project is at work; try again when it is done", err=True)
        return 2
    except OSError as error:
        click.echo(f"build.py: {error.strerror or error}: {error.filename or ''}", err=True)
        return 2
    except click.ClickException as error:
        click.echo(f"build.py: {error.format_message()}", err=True)
        return 2


if __name__ == "__main__":
    sys.exit(main())
