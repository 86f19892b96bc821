"""Words that stand in a text only where two others meet, by a real dictionary."""

from __future__ import annotations

import sqlite3

import pytest

from openplans.text.boundaries import across
from openplans.text.segmentation import MARK, cut, query


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["问题由区工作专班汇总协调解决"], ["调解"]),
        (["乡村民宿", "农村民主协商"], ["村民"]),
        (["乡村民宿", "村民自治"], []),  # is a word in another text of the same thing
        (["落户数量"], ["户数"]),
        (["养老服务"], []),  # 老服 is no word
        (["协调、解决"], []),  # a mark parts them already
        (["未到期"], []),
        ([""], []),
    ],
)
def test_a_word_that_only_two_others_make_is_none(texts: list[str], words: list[str]) -> None:
    assert across(texts) == words


def test_a_query_of_two_characters_leaves_out_what_has_it_only_so() -> None:
    written = ["汇总协调解决", "人民调解", "调解协调解决"]
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table texts using fts5 (text, across)")
    rows = ([cut(text), " ".join(MARK + word for word in across([text]))] for text in written)
    connection.executemany("insert into texts values (?, ?)", rows)
    found = "select rowid from texts where texts match ? order by 1"
    assert connection.execute(found, [query("调解")]).fetchall() == [(2,), (3,)]
    assert connection.execute(found, [query("协调解决")]).fetchall() == [(1,), (3,)]
