"""Lines that name items by their numbers and say who answers for them: 第1、2项责任单位:甲局、乙局。第3项责任单位:丙局;
以上两项责任单位:丁局.

Comes in: the clauses of a document in their order. Goes out: by clause_id of an item, the part of such a line that is
about it. Apart from `organization_tables`, whose rows have a column for the number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest

from openplans.packages.read import Row
from openplans.text.folding import folded
from openplans.text.numbering import number_at
from openplans.text.numerals import chinese
from openplans.text.responsible import NONE, organization_lists

_NUMBER = "[0-9一二三四五六七八九十]+"
_NAMED = re.compile(
    rf"(?:^|(?<=[。;]))(?:以上|上述)?(?:第(?P<numbers>{_NUMBER}(?:[、,和及至到—~-]+第?{_NUMBER})*)[项条]"
    r"|(?<=以上|上述)(?P<last>[两二三四五六七八九十]|各)项)"
)
_DUTIES = re.compile("责任|分工")
"""The heading of a chapter that says who answers for what stands before it."""
_SPAN = re.compile("([0-9]+)[至到—~-]+([0-9]+)")


def about_items(clauses: list[Row]) -> dict[str, list[Row]]:
    """By clause_id of an item, rows whose text is what a line says of it."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    by_id = {row["clause_id"]: row for row in clauses}
    items: list[Row] = []
    for row in clauses:
        if row["kind"] in ("heading", "paragraph") and row["number"]:
            items.append(row)
        elif row["kind"] == "paragraph" and items:
            over = by_id.get(row["parent_id"], row)
            over = over if over["number"] else items[-1]
            for (start, end), named in _parts(folded(row["text"])):
                for each in _meant(named, items, over):
                    found[each["clause_id"]].append(Row(**{**row, "text": row["text"][start:end]}))
    return dict(found)


def _parts(text: str) -> Iterator[tuple[tuple[int, int], re.Match[str]]]:
    """The parts of a line that begin with the numbers of items and name units, each with what names the items."""
    named = list(_NAMED.finditer(text))
    for each, after in zip_longest(named, named[1:]):
        end = after.start() if after else len(text)
        if any(organization_lists(text[each.end() : end], NONE)):
            yield (each.end(), end), each


def _meant(named: re.Match[str], items: list[Row], over: Row) -> list[Row]:
    """The items that a line means: of those before it beside the one over it; of the chapter before, where the one over
    it is that of who answers for what.
    """
    beside = [row for row in items if row["parent_id"] == over["parent_id"]]
    if named["last"]:
        return beside[-int(chinese(named["last"].replace("两", "二")) or len(beside)) :]
    numbers = set(_numbers(named["numbers"]))
    if over["kind"] == "heading" and _DUTIES.search(over["text"]):
        last = next((row for row in reversed(items) if row["parent_id"] != over["parent_id"]), over)
        beside = [row for row in items if row["parent_id"] == last["parent_id"]]
    return [row for row in beside if (number := number_at(folded(row["text"]).strip())) and number.value in numbers]


def _numbers(printed: str) -> Iterator[int]:
    spread = _SPAN.sub(lambda span: "、".join(map(str, range(int(span[1]), int(span[2]) + 1))), printed)
    for each in re.findall(_NUMBER, spread):
        yield int(each) if each.isdigit() else int(chinese(each) or 0)
