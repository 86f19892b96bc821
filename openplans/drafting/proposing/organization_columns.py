"""The cells of a table's columns of units, such as 责任单位 -> lists of units, with the role that the head gives.

Apart from `tasks`, which asks of which task they are, and from `organization_names`, which takes a list apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.drafting.proposing import heads
from openplans.drafting.proposing.reading import Reading
from openplans.packages.read import Row
from openplans.rules.organization_tables import is_of_organizations
from openplans.text.bodies import is_body
from openplans.text.folding import CELL, folded
from openplans.text.organization_names import OrganizationList, parsed
from openplans.text.responsible import NONE, organization_lists
from openplans.text.roles import LEADING, said_of

_COLUMN_OF = re.compile("[局委办部厅会镇乡道府院司行站团队心所社校企联馆村]|单位|部门|中专|^各")

_BARE = ("单位", "部门")
"""Heads that may be those of units of measure as well."""
_SAYS_MORE = re.compile("[。;]|[0-9]{2}")


def lists(reading: Reading, clause: Row) -> list[OrganizationList]:
    """The cells of a row under heads of units, by the place of the column from the right; with those that are merged
    over it; those who lead first.
    """
    if clause["kind"] != "table_row" or reading.is_head(clause):
        return []
    if head := reading.matrices.get(clause["clause_id"]):
        return list(_marked(reading, head, clause))
    over = [
        OrganizationList(0, 0, each.text, said_of(each.head)) for each in reading.organizations_reaching_over(clause)
    ]
    return sorted([*over, *_own(reading, clause)], key=lambda each: not LEADING.search(each.role))


def _marked(reading: Reading, head: Row, clause: Row) -> Iterator[OrganizationList]:
    """The units of the columns under which a row of a matrix has a mark, in their order."""
    for name, cell in zip(head["text"].split(CELL), clause["text"].split(CELL), strict=True):
        if is_body(folded(name).strip()) and (mark := folded(cell).strip()):
            yield OrganizationList(0, 0, name.strip(), reading.legend.get(mark, ""))


def _own(reading: Reading, clause: Row) -> Iterator[OrganizationList]:
    columns = reading.under_heads(clause)
    found = [each for each in columns if is_of_organizations(each[0]) or (each[0] in _BARE and _is_of_bodies(each[2]))]
    if not found:
        head, own = reading.head(clause), heads.cut(clause["text"])
        places = [len(head) - number for number, cell in enumerate(head) if is_of_organizations(cell)]
        found = [(head[-place], *own[-place]) for place in places if place < len(own)]
    for name, start, cell in found:
        text = clause["text"][start : start + len(cell)]
        if _names_organizations(text):
            yield from _labelled_in(text, start) or [OrganizationList(start, start + len(text), text, said_of(name))]


def _names_organizations(cell: str) -> bool:
    """Whether a cell under a head of units has some: names that are those of units, most of them, or of a working
    group; a sentence has none.
    """
    return _is_of_bodies(cell) or bool(_COLUMN_OF.search(cell) and not _SAYS_MORE.search(folded(cell)))


def _is_of_bodies(cell: str) -> bool:
    """Whether most names of a cell are those of units."""
    names = parsed(cell).names
    return sum(map(is_body, names)) * 2 > len(names)


def _labelled_in(cell: str, place: int) -> list[OrganizationList]:
    """The lists of a cell that has labels of its own: 牵头单位:甲局 配合单位:乙局."""
    found = sorted((each for each in organization_lists(cell, NONE) if each.role), key=lambda each: each.start)
    return [OrganizationList(place + each.start, place + each.end, each.text, each.role) for each in found]
