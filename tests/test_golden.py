"""What the tiny project's schema, the command line and its charts look like, as it was reviewed.

The pages are in test_pages.py; what is said of each broken fixture stands beside it (said.txt, test_rules.py).
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import click
import pytest

from openplans.charts import Chart
from openplans.charts.vega_lite import specification
from openplans.cli import COMMANDS, cli
from openplans.paths import Paths
from tests.reviewed import GOLDEN, differing, printed
from tests.test_charts import chart, point


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether the reviewed files are written anew."""
    return bool(request.config.getoption("--update-golden"))


def test_the_schema_of_the_database_is_as_reviewed(built: Paths, rewrite: bool) -> None:
    with sqlite3.connect(f"file:{built.output / 'data/openplans.db'}?mode=ro", uri=True) as rows:
        wanted = "select name, sql from sqlite_master where sql is not null and name not like '%/_fts/_%' escape '/'"
        written = sorted(rows.execute(wanted).fetchall())
    shown = {"schema.sql": "".join(f"{sql};\n\n" for _, sql in written)}
    assert differing(GOLDEN / "database", shown, rewrite) == [], "see --update-golden"


def test_the_help_of_each_command_is_as_reviewed(rewrite: bool) -> None:
    def told(command: click.Command, name: str, above: click.Context | None = None) -> str:
        settings = {**command.context_settings, "terminal_width": 100}
        with click.Context(command, parent=above, info_name=name, **settings) as here:
            return command.get_help(here)

    above = click.Context(cli, info_name="build.py", **cli.context_settings)
    shown = {f"{name}.txt": f"{told(_command(above, name), name, above)}\n" for name in COMMANDS}
    shown["build.txt"] = f"{told(cli, 'build.py')}\n"
    assert differing(GOLDEN / "help", shown, rewrite) == [], "see --update-golden"


def _command(above: click.Context, name: str) -> click.Command:
    found = cli.get_command(above, name)
    assert found
    return found


def test_the_specification_of_a_chart_of_each_form_is_as_reviewed(rewrite: bool) -> None:
    """Several years give lines; one year gives rows."""
    lines = chart(point("990000", 2025, 90), point("990101", 2025, 80, "ge"), point("990101", 2027, 95, "approx"))
    rows = chart(point("990000", 2025, 90), point("990101", 2025, 80, "le"))
    shown = {f"{each.form}.json": f"{printed(_plain(each))}\n" for each in (lines, rows)}
    assert sorted(shown) == ["lines.json", "rows.json"]
    assert differing(GOLDEN / "charts", shown, rewrite) == [], "see --update-golden"


def _plain(chart: Chart) -> dict[str, Any]:
    """The specification as JSON has it, without the version of the schema, which the library decides."""
    found = json.loads(json.dumps(specification(chart)))
    return {name: value for name, value in found.items() if name != "$schema"}
