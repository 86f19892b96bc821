"""Lists of units, and sentences that say who does what -> who answers for the tasks, by the document's own rule; and
the tasks with them, since a clause is one where units are named.

Apart from `tasks`, which says what is a task and what it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.drafting.proposing import organizations, tasks, unit_columns
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.proposing.tasks import Works
from openplans.packages.read import Row
from openplans.text import roles
from openplans.text.responsible import Names, UnitList, unit_lists
from openplans.text.roles import HELPS, LEADING
from openplans.text.unit_names import leading, role, units

_HELP_LINE = re.compile(rf"[(【\[]?(?:{HELPS})(?:责任)?(?:单位|部门)[:)】\]]")
"""A line of those that only help those of the line before it."""
_SAID = "said-to-lead"
_UNIT = "[省市县区州旗]?(?:(?!由)[\u4e00-\u9fff]){2,12}[局委办部]"
_UNITS = rf"(?P<units>{_UNIT}(?:[、和]{_UNIT})*)"
_IN_TEXT = re.compile(rf"(?:^|(?<=[。,;:]))(?:[^。,;:由]{{0,6}}由)?{_UNITS}(?:要|应|负责|分别|共同|联合)?牵头")
_HELPER = f"(?:{_UNIT}|(?!由)[\u4e00-\u9fff]{{2,14}}(?:局|委|办|队|支行|分公司|供电公司|中心|联|政府|镇|乡|街道))"
_HELPERS = rf"(?P<helpers>{_HELPER}(?:[、和]{_HELPER})*)(?:等)?"
_IN_TURN = re.compile(rf"(?:^|(?<=[。;])){_UNITS}(?:具体)?负责[^,;。]{{2,20}},{_HELPERS}(?:要|做好)?(?:配合|协助)")
"""市发改委负责日常调度,市统计局、国家统计局某市调查队配合."""
_DOES = f"[^,;。由]{{0,14}}由{_HELPER}(?:、{_HELPER})*(?:负责|统筹|落实|承担|组织|实施|保障)[^,;。]{{0,6}}"
_EACH_DOES = re.compile(rf"(?:^|(?<=[。;]))(?P<parts>{_DOES}(?:[,;]{_DOES})+)(?=[。;]|$)")
_DOER = re.compile(f"由(?P<units>{_HELPER}(?:、{_HELPER})*)(?:负责|统筹|落实|承担|组织|实施|保障)")
"""省级资金由市教育局争取,市级资金由市财政局统筹: each answers for a part."""


def propose(reading: Reading) -> Works:
    """The tasks, who answers for them, and the organizations that the registry lacks."""
    works = Works()
    answering = _Answering(reading, works)
    by_number = reading.answered_by_number
    keyed = {row["clause_id"] for rows in by_number.values() for row in rows}
    for place, clause in enumerate(reading.clauses):
        if clause["clause_id"] in keyed:
            continue
        lists = answering.lists(clause)
        rows = by_number.get(clause["clause_id"], ())
        tasks.add(reading, works, clause, lists, answered=bool(lists or rows))
        answering.answer(clause, lists, place)
        for row in rows:
            answering.by_number(clause, row, place)
    works.organizations, works.organization_names = answering.missing.organizations, answering.missing.names
    return works


class _Answering:
    """Adds who answers to the tasks of a plan, clause by clause."""

    def __init__(self, reading: Reading, works: Works) -> None:
        self._reading, self._works = reading, works
        self.missing = organizations.Missing(reading)
        chain = reading.world.region_chain(reading.plan.descriptor["region_code"])
        self._registered = Names(name for code in chain for name in reading.world.names_of.get(code, ()))
        texts = [reading.text(clause) for clause in reading.clauses]
        self._mark, self._first_from = roles.mark_of(texts), roles.first_leads_from(texts)

    def lists(self, clause: Row) -> list[UnitList]:
        """The lists of units of a clause in their order; of a row those of its columns, where it has such."""
        found = unit_lists(clause["text"], self._registered, clause["kind"] == "table_row")
        return unit_columns.lists(self._reading, clause) or sorted(found, key=lambda each: each.start)

    def answer(self, clause: Row, lists: list[UnitList], place: int) -> None:
        """Add the units that a clause, the one at a place of the document, names."""
        rule = self._rule(place)
        lists = lists if rule else self._leading(clause, lists)
        for each in lists:
            if task_id := self._answered(clause, each):
                self._works.responsibilities += self._responsible(task_id, each, rule, lists)
        self._works.responsibilities += self._said_in_the_text(clause, lists)

    def by_number(self, clause: Row, row: Row, place: int) -> None:
        """Add who answers for the task of a numbered clause by a row of an annex that has no more of it than its
        number.
        """
        lists, rule = unit_columns.lists(self._reading, row), self._rule(place)
        lists = lists if rule else self._leading(row, lists)
        for each in lists if (task_id := self._works.task_at(self._reading, clause, 0)) else ():
            self._works.responsibilities += self._responsible(task_id, each, rule, lists)

    def _rule(self, place: int) -> str:
        """Who leads by the document's own rule: "star", "first", or "" where it has none for what stands there."""
        if self._mark:
            return "star"
        return "first" if self._first_from is not None and place >= self._first_from else ""

    def _leading(self, clause: Row, lists: list[UnitList]) -> list[UnitList]:
        """The lists, where some units only help, here or in the line below."""
        after = self._reading.after(clause)
        return leading(lists, helped=bool(after and _HELP_LINE.match(self._reading.text(after))))

    def _answered(self, clause: Row, each: UnitList) -> str:
        """The task that a list of units answers for."""
        own = self._works.of_clause.get(clause["clause_id"])
        if own:
            return next((task_id for reach, task_id in own if each.end <= reach), own[-1][1])
        return self._works.task_at(self._reading, clause, each.start)

    def _responsible(self, task_id: str, each: UnitList, rule: str, lists: list[UnitList]) -> Iterator[Row]:
        """The rows of a list of units in the document's order."""
        before = [row for row in self._works.responsibilities if row["task_id"] == task_id]
        taken = {row["org_id"] for row in before}
        led = any(LEADING.search(other.role) for other in lists) and len(lists) > 1
        led = led or (not rule and any(row["rule"] == _SAID for row in before))  # 牵头单位:… on the line before
        rank = len(before)
        for unit in units(each):
            org_id, known = self.missing.found(unit.name)
            if org_id in taken:
                continue
            taken.add(org_id)
            rank += 1
            own = role(each, unit.said, rule, rank, led)
            yield Row(
                task_id=task_id,
                org_id=org_id,
                role=own,
                rank=rank,
                name_in_source=unit.name,
                confidence="0.98" if known else "0.85",
                rule=f"lead-{rule}" if rule else _SAID if own != "listed" else "listed",
            )

    def _said_in_the_text(self, clause: Row, lists: list[UnitList]) -> Iterator[Row]:
        """The units that a sentence of the running text says take the lead, and those that it says help them:
        区农业农村局、区发改局要牵头细化方案; 市发改委负责日常调度,市统计局配合.
        """
        own = self._works.of_clause.get(clause["clause_id"])
        taken = {(row["task_id"], row["org_id"]) for row in self._works.responsibilities}
        for place, told in _told(self._reading.text(clause), clause["text"]) if own else ():
            if any(each.start <= place < each.end for each in lists):
                continue
            task_id = self._works.task_at(self._reading, clause, place)
            before = sum(row["task_id"] == task_id for row in self._works.responsibilities)
            for rank, (name, said) in enumerate(told, before + 1):
                org_id, known = self.missing.found(name)
                if (task_id, org_id) not in taken:
                    yield Row(
                        task_id=task_id,
                        org_id=org_id,
                        role=said,
                        rank=rank,
                        name_in_source=name,
                        confidence="0.90" if known else "0.80",
                        rule="said-to-lead-in-the-text",
                    )


def _told(text: str, printed: str) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """(place, (name, role) of each unit) of the sentences of a text that say who leads, who helps, who does what."""

    def named(found: re.Match[str], part: str, said: str) -> list[tuple[str, str]]:
        start, end = found.span(part) if found.groupdict().get(part) else (0, 0)
        return [(name, said) for name in re.split("[、和]", printed[start:end]) if name]

    for pattern in (_IN_TEXT, _IN_TURN):
        for found in pattern.finditer(text):
            yield found.start(), [*named(found, "units", "lead"), *named(found, "helpers", "co")]
    for each in _EACH_DOES.finditer(text):
        doers = _DOER.finditer(text, *each.span("parts"))
        yield each.start(), [one for found in doers for one in named(found, "units", "listed")]
