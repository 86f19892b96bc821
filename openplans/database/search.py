"""The search index: FTS5 tables over text that was cut before.

Comes in: a filled database. Goes out: an index for each searched table, `<table>_fts`, whose rowid is the table's. The
text of each row has what people search it by: its own words, and the names of its region, theme, concept and units.
`enable_fts` of sqlite-utils has an index of a table's own columns, and its text in that table: ours stands in no
column, and to keep it would make the file a quarter larger, which readers load to query it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from functools import cache

from openplans.database import tables
from openplans.schema import vocabulary
from openplans.text.boundaries import across
from openplans.text.segmentation import MARK, cut

INDEXES: dict[str, tuple[dict[str, float], str]] = {
    "targets": (
        {
            "indicator": 10,
            "concept": 6,
            "quote": 4,
            "place": 4,
            "theme": 2,
            "task": 1,
            "lead": 5,
            "others": 2,
            "also": 2,
        },
        """SELECT t.rowid, t.indicator, c.name_zh || '; ' || c.name_en, t.quote || '; ' || ifnull(t.scope, ''),
          r.name_zh || '; ' || r.name_en || '; ' || {years}, h.name_zh || '; ' || h.name_en, k.title,
          {lead}, {others}, {also} || '; ' || {verdict}
        FROM targets t JOIN target_facts f ON f.target_id = t.target_id JOIN regions r ON r.region_code = f.region_code
          JOIN verdicts v ON v.target_id = t.target_id
          JOIN themes h ON h.theme_id = f.theme_id LEFT JOIN concepts c ON c.concept_id = t.concept_id
          LEFT JOIN tasks k ON k.task_id = t.task_id ORDER BY t.rowid""",
    ),
    "tasks": (
        {"title": 10, "parent": 3, "place": 4, "theme": 2, "clause": 1, "lead": 6, "others": 2, "also": 2},
        """SELECT t.rowid, t.title, o.title, r.name_zh || '; ' || r.name_en, h.name_zh || '; ' || h.name_en, a.text,
          {lead}, {others}, {also}
        FROM tasks t JOIN task_facts f ON f.task_id = t.task_id JOIN regions r ON r.region_code = f.region_code
          JOIN themes h ON h.theme_id = t.theme_id JOIN clauses a ON a.clause_id = t.clause_id
          LEFT JOIN tasks o ON o.task_id = t.parent_id ORDER BY t.rowid""",
    ),
    "clauses": (
        {"text": 5, "heading": 2, "place": 2},
        """SELECT a.rowid, a.text, h.text, r.name_zh || '; ' || r.name_en
        FROM clauses a JOIN plans p ON p.plan_id = a.plan_id JOIN regions r ON r.region_code = p.region_code
          LEFT JOIN clauses h ON h.clause_id = a.parent_id ORDER BY a.rowid""",
    ),
    "organizations": (
        {"name_zh": 10, "name_en": 5, "names": 6, "place": 3, "also": 5},
        """SELECT o.rowid, o.name_zh, o.name_en,
          (SELECT group_concat(n.name, '; ') FROM organization_names n WHERE n.org_id = o.org_id),
          r.name_zh || '; ' || r.name_en, {also}
        FROM organizations o JOIN regions r ON r.region_code = o.region_code ORDER BY o.rowid""",
    ),
    "observations": (
        {"figure_of": 10, "value": 6, "period": 4, "place": 4, "scope": 2, "also": 2},
        """SELECT o.rowid, ifnull(c.name_zh || '; ' || c.name_en, t.indicator), {value}, {period},
          r.name_zh || '; ' || r.name_en, o.scope, {also}
        FROM observations o JOIN regions r ON r.region_code = o.region_code
          LEFT JOIN concepts c ON c.concept_id = o.concept_id LEFT JOIN targets t ON t.target_id = o.target_id
        ORDER BY o.rowid""",
    ),
}
"""Per table the columns of its index with their weights (bm25), and the SELECT of rowid and their texts.

A word in the name of a thing weighs most, in what it belongs to least; the units of a target are found by every
spelling. `also`: the aliases, and of a target its verdict in words. The clauses have none: what a document does not
write is not found in it.
"""

_ORGANIZATIONS = """(SELECT group_concat(n.name, '; ')
  FROM responsibilities s JOIN organization_names n ON n.org_id = s.org_id
  WHERE s.task_id = t.task_id AND s.role {} 'lead')"""
"""Every spelling of the units of a task that lead (=), or of the others (<>)."""


_YEARS = """f.year || ifnull('; ' || (SELECT group_concat(year, '; ') FROM verdict_years y
  WHERE y.target_id = t.target_id), '')"""
"""The years in which a target is due: every year of what is promised for each."""

_VALUE = "printf('%.15g%s; %.1f%s; %.2f%s', o.value, o.unit, o.value, o.unit, o.value, o.unit)"
"""An actual figure as its source may print it: 87.1, 87.10; a column of numbers doesn't know."""

_PERIOD = """substr(o.period, 1, 4) || '年'
  || iif(length(o.period) > 4, CAST(substr(o.period, 6, 2) AS INTEGER) || '月', '') || '; ' || o.period"""

_OF = "(SELECT aliases FROM meant WHERE kind = '{}' AND id = {})"
_ORGANIZATIONS_OF_TASK = """(SELECT group_concat(m.aliases, '; ') FROM (SELECT DISTINCT org_id FROM responsibilities s
  WHERE s.task_id = t.task_id ORDER BY org_id) JOIN meant m ON m.kind = 'organization' AND m.id = org_id)"""

_ALSO = {
    "targets": (
        _OF.format("concept", "t.concept_id"),
        _OF.format("theme", "f.theme_id"),
        _OF.format("region", "f.region_code"),
        "meant_by(t.indicator || t.quote)",
        _ORGANIZATIONS_OF_TASK,
    ),
    "tasks": (
        _OF.format("theme", "t.theme_id"),
        _OF.format("region", "f.region_code"),
        "meant_by(t.title)",
        _ORGANIZATIONS_OF_TASK,
    ),
    "observations": (_OF.format("concept", "o.concept_id"), _OF.format("region", "o.region_code")),
    "organizations": (_OF.format("organization", "o.org_id"), _OF.format("region", "o.region_code")),
}
"""Which aliases lead to a row of a table: those of what it belongs to, and of words that it has. `meant` has the
aliases of each thing in one text, `meant_by` gives those of the words in a text: to try every alias on every row took
a third of the time that the indexes take."""


_ACROSS = "across"
"""The last column of every index: words that stand in its row only where two others meet (text/boundaries.py)."""


def index_name(table: str) -> str:
    """The index of a table."""
    return f"{table}_fts"


def build(connection: sqlite3.Connection) -> None:
    """Write every index. They keep no text of their own (content=''): the tables have it."""
    _gather_aliases(connection)
    cut_once = cache(cut)  # names, themes and aliases stand in many rows
    for table, (weights, select) in INDEXES.items():
        index, columns = index_name(table), ", ".join([*weights, _ACROSS])
        connection.execute(f"CREATE VIRTUAL TABLE {index} USING fts5 ({columns}, content='')")
        found = connection.execute(_filled(select, table)).fetchall()
        rows = ((row[0], *_texts([text or "" for text in row[1:]], cut_once)) for row in found)
        slots = ", ".join("?" for _ in range(len(weights) + 2))
        connection.executemany(f"INSERT INTO {index} (rowid, {columns}) VALUES ({slots})", rows)
        rank = f"bm25({', '.join(map(str, [*weights.values(), 0]))})"
        connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('rank', ?)", [rank])
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")


def _texts(texts: list[str], cut: Callable[[str], str]) -> Iterator[str]:
    """The columns of a row, cut; last the words that are none in it, each a word by which a query leaves it out."""
    yield from map(cut, texts)
    yield " ".join(MARK + word for word in across(texts))


def _gather_aliases(connection: sqlite3.Connection) -> None:
    """The table `meant` and the function `meant_by`, which the SELECTs ask; for this connection only."""
    connection.execute(
        """CREATE TEMP TABLE meant AS SELECT kind, id, group_concat(alias, '; ') AS aliases
        FROM (SELECT kind, id, alias FROM aliases ORDER BY rowid) GROUP BY kind, id"""
    )
    connection.execute("CREATE UNIQUE INDEX temp.meant_of ON meant (kind, id)")
    words = connection.execute("SELECT id, aliases FROM meant WHERE kind = 'word' ORDER BY id").fetchall()
    connection.create_function(
        "meant_by",
        1,
        lambda text: "; ".join(aliases for word, aliases in words if word in (text or "")),
        deterministic=True,
    )


def _filled(select: str, table: str) -> str:
    """The SELECT with its parts that repeat."""
    also = " || '; ' || ".join(f"ifnull({each}, '')" for each in _ALSO.get(table, ("''",)))
    organizations = {"lead": _ORGANIZATIONS.format("="), "others": _ORGANIZATIONS.format("<>")}
    figure = {"value": _VALUE, "period": _PERIOD}
    return select.format(**organizations, **figure, years=_YEARS, also=also, verdict=_said())


def _said() -> str:
    """The verdict of a row in words of both languages."""
    said = vocabulary.codes("verdicts", "verdict").values()
    return tables.worded("v.verdict", {each.value: f"{each.name_zh}; {each.name_en}" for each in said})
