"""Paging: walked page by page, every table has each of its rows once, whatever it is sorted by."""

from __future__ import annotations

import csv
import http.client
import io
import json
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest

from openplans.database import views
from openplans.packages import dataset

NAMES = [each["name"] for each in dataset.resources()] + [view.name for view in views.views()]
PAGES = 3
"""In how many pages a table is walked."""

BARE = {"_nofacet": 1, "_nocount": 1}
"""What takes the time of a page, and has nothing to do with its rows."""

Rows = Counter[tuple[str, ...]]


@pytest.fixture
def connection(server: str) -> Iterator[http.client.HTTPConnection]:
    """One connection for hundreds of small requests."""
    kept = http.client.HTTPConnection(urlsplit(server).netloc)
    yield kept
    kept.close()


def ask(connection: http.client.HTTPConnection, path: str) -> str:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    assert answer.status == 200, body
    return body


def printed(rows: list[list[object]], leave: int | None) -> Rows:
    """The rows as CSV prints them, counted; without the column of a full-text index, a number of the moment."""
    return Counter(tuple("" if c is None else str(c) for n, c in enumerate(row) if n != leave) for row in rows)


def walked(connection: http.client.HTTPConnection, path: str, leave: int | None) -> Rows:
    """All rows of the JSON, from page to page by next_url."""
    rows: list[list[object]] = []
    while path:
        page = json.loads(ask(connection, path))
        rows += page["rows"]
        following = urlsplit(page["next_url"] or "")
        path = f"{following.path}?{following.query}" if following.path else ""
    return printed(rows, leave)


@pytest.mark.parametrize("name", NAMES)
def test_each_row_comes_once_whatever_it_is_sorted_by(connection: http.client.HTTPConnection, name: str) -> None:
    everything = json.loads(ask(connection, f"/db/openplans.json?{urlencode({'sql': f'select * from [{name}]'})}"))
    columns, rows = everything["columns"], everything["rows"]
    leave = columns.index("search") if "search" in columns else None
    if not rows:
        return
    wanted, size = printed(rows, leave), max(1, -(-len(rows) // PAGES))
    for order in [{}, *({way: column} for column in columns for way in ("_sort", "_sort_desc"))]:
        asking = urlencode({**order, **BARE, "_size": size})
        assert walked(connection, f"/db/openplans/{name}.json?{asking}", leave) == wanted, order
        text = ask(connection, f"/db/openplans/{name}.csv?_stream=on&{asking}")
        assert printed(list(csv.reader(io.StringIO(text)))[1:], leave) == wanted, order


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("responsibilities", {}),
        ("targets", {"_sort_desc": "plan_id"}),
        ("targets_named", {"_sort": "region"}),
        ("responsibilities", {"_sort_desc": "role"}),
    ],
)
def test_the_real_plans_lose_no_row(real_server: str, name: str, order: dict[str, str]) -> None:
    kept = http.client.HTTPConnection(urlsplit(real_server).netloc)
    count = json.loads(ask(kept, f"/db/openplans/{name}.json?_size=1"))["filtered_table_rows_count"]
    path = f"/db/openplans/{name}.json?{urlencode({**order, '_size': 100})}"
    assert walked(kept, path, None).total() == len(walked(kept, path, None)) == count > 300
    kept.close()


def test_filters_a_search_and_chosen_columns_page_as_well(connection: http.client.HTTPConnection) -> None:
    for arguments in (
        {"plan_id": "990101-tiny-2023", "_sort": "unit"},
        {"_search": "村", "_sort": "plan_id"},
        {"_col": "unit", "_sort_desc": "comparator"},
        {"_where": "1 = 1 order by plan_id limit 1000) or (1", "_sort": "plan_id"},
    ):
        asking = urlencode({**arguments, "_size": 2})
        try:
            found = walked(connection, f"/db/openplans/targets.json?{asking}", None)
        except AssertionError:
            assert "_where" in arguments
            continue
        whole = json.loads(ask(connection, f"/db/openplans/targets.json?{urlencode({**arguments, '_size': 'max'})}"))
        assert found == printed(whole["rows"], None) and found.total() == whole["filtered_table_rows_count"]
