"""`build.py take`: read a form that came back into rows of updates and observations."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from openplans import pipeline
from openplans.cli.common import Printer, console, day, print_problems, root_option
from openplans.paths import Paths
from openplans.problems import errors

if TYPE_CHECKING:
    from openplans.forms.read import Flaw
    from openplans.forms.take import Taken
    from openplans.packages.link import World
    from openplans.problems import Problem


_SHOWN = 5
"""How many cells with one and the same flaw are named behind the first."""


@click.command("take")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@root_option
@click.option(
    "--updated", default="", metavar="DATE", help="The new date of the data, where the form brings what is newer."
)
def command(file: Path, root: Path, updated: str) -> None:
    """Take FILE (.xlsx or .ods), a form that was filled in; nothing is changed where a cell cannot be taken."""
    paths = Paths.of(root)
    with pipeline.alone(paths):
        _take(file, paths, day("--updated", updated) if updated else "")


def _take(file: Path, paths: Paths, updated: str) -> None:
    from openplans.facts.model import facts
    from openplans.forms.printed import changed
    from openplans.forms.read import beside, opened, read
    from openplans.forms.take import files_of, refused, take, write
    from openplans.packages.write import require_writable

    world, _ = pipeline.check(paths, Printer())
    returned = opened(file)
    entries, flaws = read(returned)
    unread = {each.row for each in flaws}
    taken = take([each for each in entries if each.row not in unread], world)
    _not_back(taken, world, updated)
    require_writable(files_of(taken, paths.datapackages, updated))
    problems = _tried(taken, paths, updated)
    refusals, others = refused(taken, errors(problems), world)
    flaws += [*taken.flaws, *refusals]
    told = {each.address for each in flaws}
    flaws += [each for each in changed(returned, facts(world)) if each.address not in told]
    if flaws or others:
        print_problems(others)
        _tell(file.name, flaws)
        raise click.exceptions.Exit(1)
    for each in sorted([*taken.notes, *refused(taken, problems, world)[0]]):
        click.echo(f"{_at(file.name, each)} 已读入，请再核对 taken, please check again\n    {each.zh}\n    {each.en}")
    for each in beside(returned):
        click.echo(f"{_at(file.name, each)}\n    {each.zh}\n    {each.en}")
    write(taken, paths.datapackages, updated)
    counts = {name: taken.count(name) for name in ("observations", "sources", "updates")}
    console.print(
        f"读入 {counts['observations']} 个实际值、{counts['sources']} 个来源、{counts['updates']} 条进展。\n"
        f"Taken: {counts['observations']} figures, {counts['sources']} sources, {counts['updates']} updates."
    )


def _not_back(taken: Taken, world: World, updated: str) -> None:
    """UsageError where --updated would put the date of the data back."""
    packages = {name for (name, _), rows in taken.rows.items() if rows}
    now = max(
        (each.descriptor["updated"] for each in world.project.packages if each.folder.name in packages), default=""
    )
    if updated and updated < now:
        raise click.UsageError(
            f"--updated {updated} 比数据现在的日期 {now} 早。It is before {now}, the date of the data"
        )


def _tried(taken: Taken, paths: Paths, updated: str) -> list[Problem]:
    """What the check says of the whole project with the new rows, on a copy."""
    from openplans.forms.take import write

    with tempfile.TemporaryDirectory() as folder:
        trial = Paths.of(Path(shutil.copytree(paths.datapackages, Path(folder) / "datapackages")).parent)
        write(taken, trial.datapackages, updated)
        try:
            return pipeline.check(trial, Printer())[1]
        except pipeline.Rejected as rejected:
            return list(rejected.problems)


def _tell(name: str, flaws: list[Flaw]) -> None:
    """Every cell that cannot be taken, in the order of the sheet; once what is wrong with many of a column alike."""
    alike: defaultdict[tuple[int, str, str], list[Flaw]] = defaultdict(list)
    for each in sorted(flaws):
        alike[each.column, each.zh, each.en].append(each)
    for (_, zh, en), (first, *more) in alike.items():
        if more:
            places = "、".join(each.address for each in more[:_SHOWN]) + ("……" if len(more) > _SHOWN else "")
            zh, en = f"{zh}。另有 {len(more)} 格也是：{places}", f"{en}. And {len(more)} cells more: {places}"
        click.echo(f"{_at(name, first)}\n    {zh}\n    {en}")
    told = f"{len(flaws)} 个格子读不进来，", f"{len(flaws)} cells cannot be taken; "
    zh, en = told if flaws else ("", "")
    console.print(f"{zh}什么也没有改。{en}{'n' if flaws else 'N'}othing was changed.")


def _at(name: str, flaw: Flaw) -> str:
    """Where a cell stands: the file, the sheet, the cell and the title of its column."""
    from openplans.forms.columns import COLUMNS, SHEET

    if not flaw.row:
        return name
    title = f" {COLUMNS[flaw.column - 1].title}" if flaw.column <= len(COLUMNS) else ""
    return f"{name} {SHEET}!{flaw.address}{title}"
