"""`build.py fmt`: mend what can be mended without guessing, and take spreadsheets back into the tables."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from openplans import pipeline
from openplans.cli.common import root_option
from openplans.paths import Paths


@click.command("fmt")
@root_option
@click.argument("path", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 where something would change.")
def command(root: Path, path: Path | None, only_check: bool) -> None:
    """Bring the files at PATH (all, unless told otherwise) into their form; no value changes.

    Encodings, separators, line ends, Chinese headers, the order of columns, empty rows, invisible characters, digits of
    full width, dates, words for codes, names for ids. A workbook (.xlsx, .ods) beside the tables goes into them and
    leaves. What could only be guessed is refused, with the reason.
    """
    paths = Paths.of(root)
    with nullcontext() if only_check else pipeline.alone(paths):
        _fmt(paths, (path or paths.datapackages).resolve(), only_check)


def _fmt(paths: Paths, path: Path, only_check: bool) -> None:
    from openplans.mending import packages

    changed = refused = 0
    for each in packages.changes(paths, path):
        shown = paths.shown(each.path)
        if each.changes:
            changed += 1
            for zh, en in each.mended.done:
                click.echo(f"{shown}: {zh}。{en}.")
            if not only_check:
                packages.write(each)
        for zh, en in each.mended.refused:
            refused += 1
            click.echo(f"{shown}: 没有改：{zh}。 Left as it is: {en}.")
    click.echo(_summary(changed, refused, only_check))
    if refused or (only_check and changed):
        raise click.exceptions.Exit(1)


def _summary(changed: int, refused: int, only_check: bool) -> str:
    """What was done, in one line."""
    if not changed and not refused:
        return "都已合乎规定，没有改动。Everything is in form; nothing changed."
    verb = ("要改", "to change") if only_check else ("改了", "changed")
    zh = f"{verb[0]} {changed} 个文件" + (f"，{refused} 处没有改" if refused else "")
    en = f"{changed} file{'' if changed == 1 else 's'} {verb[1]}" + (f", {refused} left as they are" if refused else "")
    return f"{zh}。{en}."
