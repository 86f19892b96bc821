"""The SQLite file explains itself, is searched in Chinese, and answers the queries to start from."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from openplans import database, routes
from openplans.database import queries, search, views
from openplans.facts.model import Facts
from openplans.packages import dataset
from openplans.paths import Paths
from openplans.schema import contract


@pytest.fixture(scope="module")
def rows(built: Paths) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{built.output / 'data/openplans.db'}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def tables(rows: sqlite3.Connection) -> set[str]:
    """The tables of the database but for the search index and SQLite's own."""
    found = rows.execute(
        "select name from sqlite_master where type = 'table' and name not like '%/_fts%' escape '/' and name not "
        "like 'sqlite/_%' escape '/'"
    )
    return {row["name"] for row in found}


def test_the_tables_are_those_of_the_contract_and_the_derived(rows: sqlite3.Connection) -> None:
    names = {*contract.tables("plan"), *contract.tables("registry"), *contract.tables("observations")}
    derived = {"target_facts", "promises", "task_facts", "comparisons", "verdicts", "verdict_years"}
    assert tables(rows) == names - {"references"} | {"figure_references", "plans", "data_dictionary"} | derived


def test_every_foreign_key_holds_and_has_an_index(rows: sqlite3.Connection) -> None:
    assert rows.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in tables(rows):
        keys = {row["from"] for row in rows.execute(f'PRAGMA foreign_key_list("{table}")')}
        indexed = {
            row["name"].removeprefix(f"{table}_")
            for row in rows.execute(f'PRAGMA index_list("{table}")')
            if row["origin"] == "c"
        }
        assert keys == indexed, table


def test_a_target_leads_to_its_sentence_and_its_region(rows: sqlite3.Connection) -> None:
    found = rows.execute(
        """select r.name_zh, t.value, t.unit, c.text from targets t join clauses c using (clause_id)
           join plans p on p.plan_id = t.plan_id join regions r using (region_code)
           where t.target_id = '990101-tiny-2023-t001'"""
    ).fetchone()
    assert (found["name_zh"], found["value"], found["unit"]) == ("例县", 1.6, "比值")
    assert "城乡居民收入倍差缩小到1.6以内" in found["text"]


def test_what_is_empty_is_null(rows: sqlite3.Connection) -> None:
    assert rows.execute("select count(*) from targets where concept_id = '' or value = ''").fetchone()[0] == 0
    assert rows.execute("select value from targets where comparator = 'relative'").fetchone()["value"] is None


def test_every_column_of_tables_and_views_is_in_the_dictionary(rows: sqlite3.Connection) -> None:
    described = {
        (row["table_name"], row["column_name"])
        for row in rows.execute("select * from data_dictionary where column_name != ''")
    }
    listed = [row["name"] for row in rows.execute("select name from sqlite_master where type = 'view'")]
    for table in [*tables(rows), *listed]:
        assert {(table, row["name"]) for row in rows.execute(f'PRAGMA table_info("{table}")')} <= described
    assert described == {
        (table, row["name"])
        for table in [*tables(rows), *listed]
        for row in rows.execute(f'PRAGMA table_info("{table}")')
    }
    assert "-- 数值 / Value" in rows.execute("select sql from sqlite_master where name = 'targets'").fetchone()["sql"]


def test_a_view_has_the_columns_it_says_in_their_order(rows: sqlite3.Connection) -> None:
    for view in views.views():
        columns = [row["name"] for row in rows.execute(f'PRAGMA table_info("{view.name}")')]
        assert columns == [each["name"] for each in view.columns], view.name


def test_every_row_is_in_its_views_once(rows: sqlite3.Connection) -> None:
    pairs = [
        ("targets", "targets_named"),
        ("targets", "search_targets"),
        ("tasks", "tasks_named"),
        ("tasks", "search_tasks"),
        ("responsibilities", "responsibilities_named"),
        ("projects", "projects_named"),
        ("comparisons", "comparisons_named"),
        ("notes", "findings"),
        ("clauses", "clauses_named"),
        ("clauses", "search_clauses"),
        ("organizations", "organizations_named"),
        ("organizations", "search_organizations"),
        ("observations", "observations_named"),
        ("observations", "search_observations"),
    ]
    for table, view in pairs:
        counts = [rows.execute(f"select count(*) from {each}").fetchone()[0] for each in (table, view)]
        assert counts[0] == counts[1] > 0, view


def test_a_target_with_names(rows: sqlite3.Connection) -> None:
    row = dict(rows.execute("select * from targets_named where target_id = '990101-tiny-2023-t003'").fetchone())
    shown = ("region", "theme", "value", "unit", "converted", "converted_unit", "period", "year", "page", "sentence")
    assert [row[name] for name in shown] == [
        "例县", "村庄", 50000, "万元", 5, "亿元", "到2025年", 2025, "plans/990101-tiny-2023/targets/index.html#t003",
        "plans/990101-tiny-2023/text/index.html#t003",
    ]  # fmt: skip


def test_a_promise_stands_once_with_all_that_its_places_say(tiny_facts: Facts, rows: sqlite3.Connection) -> None:
    """t004 is promised for 2023 and 2025, and what the annex says of it, with another number, is the same promise."""
    [each] = rows.execute(
        """SELECT steps, otherwise, statements, places, lead, first_year, year, page FROM promises_named
        WHERE promise_id = '990101-tiny-2023-t004'"""
    )
    assert tuple(each) == (
        *("2023：50%；2025：≥90%", "80%", 3, "附件 › 第3行；正文", "县住建局", 2023, 2025),
        "plans/990101-tiny-2023/targets/index.html#t004",
    )
    of_rows = dict(rows.execute("SELECT target_id, promise_id FROM targets_named"))
    assert of_rows == {row.target_id: one.target.target_id for one in tiny_facts.promises for row in one.rows}
    [(promises, statements)] = rows.execute("SELECT count(*), sum(statements) FROM promises")
    assert (promises, statements) == (len(tiny_facts.promises), len(of_rows))


def test_the_units_of_a_target_are_those_that_any_place_of_its_promise_names(rows: sqlite3.Connection) -> None:
    select = "select lead, responsible from targets_named where target_id = ?"
    found = [rows.execute(select, [f"990101-tiny-2023-{each}"]).fetchone() for each in ("t004", "t005")]
    assert list(map(tuple, found)) == [
        ("县住建局", "县农业局、省林业局"),  # by the annex it leads
        (None, "县农业局、县住建局、省林业局"),
    ]


def test_county_beside_province(rows: sqlite3.Connection) -> None:
    found = rows.execute(
        "select region, converted, relation, reference_region, reference_value, quote, reference_quote from "
        "comparisons_named where target_id = '990101-tiny-2023-t001'"
    ).fetchone()
    assert tuple(found) == (
        "例县", 1.6, "more", "例省", 1.8, "城乡居民收入倍差缩小到1.6以内", "城乡居民收入比值缩小到1.8左右",
    )  # fmt: skip


def test_search_in_plain_sqlite_with_the_query_cut_by_hand(rows: sqlite3.Connection) -> None:
    sql = "select target_id from search_targets where search match ? order by relevance"
    assert [row[0] for row in rows.execute(sql, ['"倍 差"'])] == ["990101-tiny-2023-t001"]


def test_an_actual_figure_is_found_by_its_number_as_printed_and_leads_to_its_row(rows: sqlite3.Connection) -> None:
    asked = "select observation_id, page from search_observations where search match ?"
    assert [tuple(row) for row in rows.execute(asked, ['"45 0"'])] == [
        ("o0001", "indicators/village-coverage/index.html#o0001")
    ]
    assert [tuple(row) for row in rows.execute(asked, ['"2 名" AND "2023 年"'])] == [
        ("o0007", "plans/990101-tiny-2023/targets/index.html#o0007")
    ]


def test_what_is_promised_for_every_year_is_found_by_each(rows: sqlite3.Connection) -> None:
    asked = "select target_id from search_targets where search match ?"
    assert "990101-tiny-2023-t007" in [row[0] for row in rows.execute(asked, ['"2024"'])]


def test_the_rows_of_an_index_are_those_of_its_table(rows: sqlite3.Connection) -> None:
    for table in search.INDEXES:
        for part in ("rowid", "count(*)"):
            counts = [
                rows.execute(f"select {part} from {each} order by rowid desc").fetchone()[0]
                for each in (table, f"{table}_fts")
            ]
            assert counts[0] == counts[1], table


def test_every_query_answers(rows: sqlite3.Connection) -> None:
    rows.create_function("near_fts", 1, lambda _: 0)
    for query in queries.queries():
        names = set(re.findall(r":(\w+)", query.sql))
        assert names == set(query.parameters), query.name
        given = {name: "" if name not in query.searched else '"村 庄"' for name in names}
        columns = [each[0] for each in rows.execute(query.sql, given).description]
        assert columns and len(set(columns)) == len(columns), query.name


def test_queries_are_linked_by_the_pages_they_fit() -> None:
    [first, second] = queries.fitting("organization", unit="990101-farming", region="990101")
    assert (first.name, first.address) == ("unit_leads", "openplans/unit_leads?unit=990101-farming")
    assert second.parameters == {"unit": "990101-farming"}
    assert routes.in_database("targets_named", plan_id="x y") == "openplans/targets_named?plan_id=x+y"
    assert routes.in_database("targets_named") == "openplans/targets_named"


def test_codes_have_their_words(tiny_facts: Facts) -> None:
    tables = database.metadata(tiny_facts)["databases"]["openplans"]["tables"]
    assert tables["responsibilities"]["codes"]["role"] == {"lead": "牵头", "co": "配合", "listed": "未分主次"}
    assert tables["targets_named"]["codes"]["comparator"]["ge"] == "不低于"
    for resource in (*dataset.resources(), *contract.derived()):
        for field in resource["schema"]["fields"]:
            listed = field.get("constraints", {}).get("enum", [])
            known = tables[resource["name"]]["codes"].get(field["name"], {})
            assert set(known) == set(listed), (resource["name"], field["name"])


def test_the_key_of_a_ranked_view_decides_between_rows_that_are_as_relevant(tiny_facts: Facts, tmp_path: Path) -> None:
    tables = database.metadata(tiny_facts)["databases"]["openplans"]["tables"]
    keys = {name: table["ranked"] for name, table in tables.items() if "ranked" in table}
    assert keys == {
        "search_targets": "target_id",
        "search_tasks": "task_id",
        "search_clauses": "clause_id",
        "search_organizations": "org_id",
        "search_observations": "observation_id",
    }
    database.write(tiny_facts, tmp_path / "openplans.db")
    with closing(sqlite3.connect(tmp_path / "openplans.db")) as connection:
        for view, key in keys.items():
            counts = connection.execute(f"SELECT count(*), count(DISTINCT {key}) FROM {view}").fetchone()
            assert counts[0] == counts[1] > 0, view


def test_all_that_is_served_has_title_description_licence_source_and_the_meaning_of_its_columns(
    tiny_facts: Facts,
) -> None:
    for name, table in database.metadata(tiny_facts)["databases"]["openplans"]["tables"].items():
        words = ("title", "title_en", "description", "description_en", "license", "license_url", "source", "columns")
        assert all(table[key] for key in words), name
        assert set(table["facets"]) <= set(table["columns"]), name
        assert {table.get("sort", ""), table.get("sort_desc", "")} - {""} <= set(table["columns"]), name


@pytest.mark.parametrize(
    ("name", "asked", "most"),
    [
        ("unit_leads", "330411-transport", 5_000),
        ("unit_across_plans", "330411-transport", 5_000),
        ("concept_across_regions", "urban-rural-income-ratio", 500),
        ("theme_everywhere", "grain", 500),
    ],
)
def test_what_is_asked_of_one_thing_costs_by_its_rows(real: Paths, name: str, asked: str, most: int) -> None:
    """SQLite counts its own instructions: no query of one bureau, concept or theme reads the rows of all."""
    [query] = [each for each in queries.queries() if each.name == name]
    connection = sqlite3.connect(f"file:{real.output / 'data/openplans.db'}?mode=ro", uri=True)
    connection.execute("SELECT 1 FROM targets LIMIT 1")  # reads the schema, which costs each connection once
    steps: list[int] = []
    connection.set_progress_handler(lambda: steps.append(10), 10)
    rows = connection.execute(query.sql, dict.fromkeys(query.parameters, asked)).fetchall()
    connection.set_progress_handler(None, 0)
    connection.close()
    assert rows and sum(steps) < most * len(rows)


def test_what_is_due_in_one_place_reads_no_rows_of_others(real: Paths) -> None:
    [query] = [each for each in queries.queries() if each.name == "due_in_year"]
    with closing(sqlite3.connect(f"file:{real.output / 'data/openplans.db'}?mode=ro", uri=True)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {query.sql}", {"year": "2027", "region": "330411"}).fetchall()
    whole = [said for *_, said in plan if said.startswith("SCAN") or "AUTOMATIC" in said]  # an index made on the spot
    assert whole == ["SCAN regions"]
