"""Text cut for the index, and queries cut alike, in plain SQLite."""

from __future__ import annotations

import sqlite3

import pytest

from openplans.text.segmentation import cut, query

TEXTS = [
    "每千名老人拥有养老床位55张",
    "老年人营养均衡",
    "平阳县居家养老服务中心",
    "粮食播种面积33万亩",
    "粮食播种面积333万亩",
    "Urbanization rate, ＡＩ＋政务 1.6",
]


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table texts using fts5 (text)")
    connection.executemany("insert into texts (rowid, text) values (?, ?)", enumerate(map(cut, TEXTS)))
    return connection


def found(index: sqlite3.Connection, typed: str) -> list[int]:
    return [row[0] for row in index.execute("select rowid from texts where texts match ? order by 1", [query(typed)])]


def test_every_chinese_character_is_a_word_and_all_else_stays_whole() -> None:
    assert cut("到2027年，ＡＩ养老33.5万亩（100%）") == "到 2027 年 ai 养 老 33 5 万 亩 100"
    assert cut("") == cut("，。") == ""


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("床位", [0]),
        ("养老", [0, 2]),
        ("平阳 养老", [2]),
        ("平阳养老", [2]),
        ("养老　服务", [2]),
        ("33万亩", [3]),
        ("万亩", [3, 4]),
        ("urban", [5]),
        ("ai", [5]),
        ("ＡＩ", [5]),
        ("1.6", [5]),
        ("没有的词", []),
    ],
)
def test_a_query_finds_the_pieces_as_typed(index: sqlite3.Connection, typed: str, rows: list[int]) -> None:
    assert found(index, typed) == rows


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "*", "AND", "养老 OR", "text:养老", "NEAR(养 老)", "^养老", "-", "(((", "'", "\x00"]
)
def test_nothing_typed_breaks_the_query(index: sqlite3.Connection, typed: str) -> None:
    assert found(index, typed) in ([], [0, 2])
