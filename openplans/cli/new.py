"""`build.py new`: lay out a package for a document."""

from __future__ import annotations

import re
from pathlib import Path

import click

from openplans.cli.common import root_option
from openplans.paths import Paths


@click.command("new")
@root_option
@click.argument("region")
@click.argument("year", type=click.IntRange(1970, 2199))
@click.option("--title", required=True, help="The document's title, as printed.")
@click.option("--source", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The document: plain text, a web page as saved, .docx, or .pdf with text.")  # fmt: skip
@click.option("--title-en", default="", help="The title in English.")
@click.option("--name", default="", help="What a new region is called in Chinese, where the document doesn't say.")
@click.option("--url", default="", help="The official page of the document.")
def command(root: Path, region: str, year: int, title: str, source: Path, title_en: str, name: str, url: str) -> None:
    """Lay out datapackages/plans/REGION-NAME-YEAR for the document of a REGION (GB/T 2260) and a YEAR.

    Its clauses are cut where the document cuts itself; whatever else only a person can say is told at the end.
    """
    from openplans.drafting import store
    from openplans.drafting.new_plan import new_plan
    from openplans.drafting.receiving import FileRefused, receive
    from openplans.schema import contract

    form = contract.fields(contract.tables("registry")["regions"])["region_code"]["constraints"]["pattern"]
    if not re.fullmatch(form, region):
        raise click.UsageError(
            "REGION 是六位行政区划代码（GB/T 2260），乡镇九位；"
            f"REGION is a code of six digits, nine for a township, not {region!r}"
        )
    paths = Paths.of(root)
    try:
        made = new_plan(
            region, year, title, receive(source), store.world_of(paths), name=name, title_en=title_en, url=url
        )
    except FileRefused as refused:
        raise click.ClickException(str(refused)) from None
    folder = paths.plans / made.plan_id
    if folder.exists():
        raise click.UsageError(f"{paths.shown(folder)} 已经有了。It is already there.")
    store.lay_out(folder, made)
    click.echo(f"{paths.shown(folder)}: {made.files['clauses.csv'].count(chr(10)) - 1} 条条款 clauses")
    if made.nearest_title is not None:
        click.echo(f"  文件里没有印着这个标题 the document prints no such title: {title}")
        click.echo(f"    印着的是 it prints: {made.nearest_title or '-'}")
    for piece in made.boilerplate:
        click.echo(f"  不属于文件 not the document's: {piece}")
    for piece in made.left_out:
        click.echo(f"  没有收进来 left out: {piece}")
    for row in made.regions:
        click.echo(f"  登记册里没有的地区 a region the registry lacks: {' '.join(row.values())} (draft/regions.csv)")
    for each in made.open:
        click.echo(f"  请写上 to be said by a person: datapackage.json {each}")
    click.echo(f"下一步 next: build.py draft {made.plan_id}")
