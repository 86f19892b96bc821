"""Lists of units, and sentences that say who does what -> who answers for the tasks, by the document's own rule; and
the tasks with them, since a clause is one where units are named.

Apart from `tasks`, which says what is a task and what it is called.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from openplans.drafting.proposing import organization_columns, organizations, tasks
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.proposing.tasks import Works
from openplans.packages.read import Row
from openplans.text import roles
from openplans.text.folding import folded
from openplans.text.organization_names import OrganizationList, leading, listed, parsed, role
from openplans.text.responsible import Names, is_answer, organization_lists
from openplans.text.roles import HELPING, HELPS, LEADING, MARKS
from openplans.text.told_organizations import ToldOrganization, told

_HELP_LINE = re.compile(rf"[(【\[]?(?:{HELPS})(?:责任)?(?:单位|部门)[:)】\]\u3000]")
"""A line of those that only help those of the line before it."""
_SAID = "said-to-lead"


def propose(reading: Reading) -> Works:
    """The tasks, who answers for them, and the organizations that the registry lacks; of a document whose layout is not
    known, so that most tasks have nobody, also the names that stand alone.
    """
    works = _works(reading, bare=False)
    if reading.bare_lists and _has_few_answers(works):
        return _works(reading, bare=True)
    return works


def _has_few_answers(works: Works) -> bool:
    """Whether most tasks have nobody who answers for them."""
    return len({row["task_id"] for row in works.responsibilities}) * 2 < len(works.tasks)


def _works(reading: Reading, bare: bool) -> Works:
    works = Works()
    answering = _Answering(reading, works, bare)
    for place, clause in enumerate(reading.clauses):
        if clause["clause_id"] in reading.about_others:
            continue
        lists = answering.lists(clause)
        rows = reading.answered_elsewhere.get(clause["clause_id"], ())
        tasks.add(reading, works, clause, lists, answered=bool(lists or rows))
        for row in (each for each in rows if each["order"] < clause["order"]):
            answering.elsewhere(clause, row, place)
        answering.answer(clause, lists, place)
        for row in (each for each in rows if each["order"] > clause["order"]):
            answering.elsewhere(clause, row, place)
    if not works.tasks:
        for place, clause in enumerate(reading.clauses):
            tasks.add_sentences(reading, works, clause)
            answering.answer(clause, answering.lists(clause), place)
    answering.inherit()
    if _has_few_answers(works):
        answering.tell_below()
    works.organizations, works.organization_names = answering.missing.organizations, answering.missing.names
    return works


class _Answering:
    """Adds who answers to the tasks of a plan, clause by clause."""

    def __init__(self, reading: Reading, works: Works, bare: bool) -> None:
        self._reading, self._works = reading, works
        self._bare = reading.bare_lists if bare else {}
        self.missing = organizations.Missing(reading)
        chain = reading.world.region_chain(reading.plan.descriptor["region_code"])
        self._registered = Names(name for code in chain for name in reading.world.names_of.get(code, ()))
        texts = [reading.text(clause) for clause in reading.clauses]
        self._mark, self._first_from = roles.mark_of(texts), roles.first_leads_from(texts)
        self._answering_leads = roles.answering_leads(texts)
        self._together = roles.unmarked_together(texts)
        self._helping_in_brackets = roles.helping_in_brackets(texts)
        self._of_chapters: list[tuple[str, OrganizationList, str]] = []

    def lists(self, clause: Row) -> list[OrganizationList]:
        """The lists of units of a clause in their order; of a row those of its columns, where it has such. Least sure
        are names that stand alone, which nothing says to answer.
        """
        row = clause["kind"] == "table_row"
        if (
            row
            and not self._reading.is_of_card(clause)
            and (columns := organization_columns.lists(self._reading, clause))
        ):
            return columns
        found = list(organization_lists(clause["text"], self._registered, row))
        if row:
            found = [each if each.role else replace(each, sure=False) for each in found]
        elif clause["parent_id"] in self._reading.answered_blocks and is_answer(self._reading.text(clause)):
            found = found or [OrganizationList(0, len(clause["text"]), clause["text"])]
        found = found or self._bare.get(clause["clause_id"], [])
        if self._helping_in_brackets:
            found = [each if each.role else replace(each, role="配合") for each in found]
        return sorted(found, key=lambda each: each.start)

    def answer(self, clause: Row, lists: list[OrganizationList], place: int) -> None:
        """Add the units that a clause, the one at a place of the document, names."""
        rule = self._rule(place)
        lists = lists if rule else self._leading(clause, lists)
        self._works.responsibilities += self._headed(clause, lists)
        for each in lists:
            if task_id := self._answered(clause, each):
                self._works.responsibilities += self._responsible(task_id, each, rule, lists)
            elif clause["number"]:
                self._of_chapters.append((clause["clause_id"], each, rule))
        self._works.responsibilities += self._said_in_the_text(clause, lists)

    def inherit(self) -> None:
        """Add the units that a chapter names, which is no task itself, to the tasks under it that name nobody, or only
        who helps: 第一部分 管住源头(牵头单位:甲局).
        """
        if not self._of_chapters:
            return
        rows: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self._works.responsibilities:
            rows[row["task_id"]].append(row)
        for task in self._works.tasks:
            above = {each["clause_id"] for each in self._reading.above(self._reading.by_id[task["clause_id"]])}
            lists = [(each, rule) for clause_id, each, rule in self._of_chapters if clause_id in above]
            own = rows[task["task_id"]]
            if lists and not task["parent_id"] and all(row["role"] == "co" for row in own):
                rows[task["task_id"]] = self._led(own, str(task["task_id"]), lists)
        self._works.responsibilities = [row for own in rows.values() for row in own]

    def tell_below(self) -> None:
        """Add to the tasks that have nobody the units with which sentences begin that stand under them: what they do
        may be more than that, which makes it the least sure.
        """
        answered = {row["task_id"] for row in self._works.responsibilities}
        for task in (each for each in self._works.tasks if each["task_id"] not in answered):
            for clause in self._reading.children.get(task["clause_id"], ()):
                if tasks.is_running(clause) and clause["clause_id"] not in self._works.of_clause:
                    found = told(clause["text"], alone=True, freely=True)
                    surely = (each for each in found if parsed(each.name).surely_of_organizations)  # 支持长春市建设
                    rows = self._told(clause, [], surely)
                    self._works.responsibilities += [Row({**row, "confidence": "0.60"}) for row in rows]

    def _led(self, own: list[Row], task_id: str, lists: list[tuple[OrganizationList, str]]) -> list[Row]:
        """The rows of a task's own units behind those of some lists, who lead them."""
        over: list[Row] = []
        for each, rule in lists:
            led = replace(each, role="主办") if own and not HELPING.search(each.role) else each
            over += self._rows(task_id, led, rule, [], over)
        taken = {row["org_id"] for row in over}
        below = [row for row in own if row["org_id"] not in taken]
        for rank, row in enumerate(below, len(over) + 1):
            row["rank"] = rank
        return [*over, *below]

    def _headed(self, clause: Row, lists: list[OrganizationList]) -> Iterator[Row]:
        """The units that the heading over a task is made of: they lead where the task says so (牵头开展…), or says only
        who helps them.
        """
        each = self._reading.headed_by(clause) if clause["clause_id"] in self._works.of_clause else None
        if each is None:
            return
        own = self._reading.text(clause)[self._reading.own_number(clause) :].lstrip(" .、)")
        leads = self._helping_in_brackets or own.startswith("牵头") or any(HELPING.search(one.role) for one in lists)
        helps = HELPING.match(own) or any(LEADING.search(one.role) for one in lists)
        told = replace(each, role=each.role or ("牵头" if leads else "配合" if helps else ""))
        yield from self._responsible(self._works.task_at(self._reading, clause, 0), told, "", [])

    def elsewhere(self, clause: Row, row: Row, place: int) -> None:
        """Add who answers for the task of a clause by a row of an annex that has no more of it than its number, or by a
        line that stands before it.
        """
        lists, rule = self.lists(row), self._rule(place)
        lists = lists if rule else self._leading(row, lists)
        for each in lists if (task_id := self._works.task_at(self._reading, clause, 0)) else ():
            self._works.responsibilities += self._responsible(task_id, each, rule, lists)

    def _rule(self, place: int) -> str:
        """Who leads by the document's own rule: those with a mark, the "first", or "" where it has none for what stands
        there.
        """
        if self._mark:
            return self._mark
        return "first" if self._first_from is not None and place >= self._first_from else ""

    def _leading(self, clause: Row, lists: list[OrganizationList]) -> list[OrganizationList]:
        """The lists, where some units only help, here or in the line below; or where those that answer lead by the
        document's own rule, since nobody is said to.
        """
        after = self._reading.after(clause)
        helped = bool(after and _HELP_LINE.match(self._reading.text(after)))
        return leading(lists, helped or (self._answering_leads and not self._is_led(clause)))

    def _is_led(self, clause: Row) -> bool:
        """Whether a line before has said who leads the task that a clause is of."""
        task_id = self._works.task_at(self._reading, clause, 0)
        return any(row["task_id"] == task_id and row["role"] == "lead" for row in self._works.responsibilities)

    def _answered(self, clause: Row, each: OrganizationList) -> str:
        """The task that a list of units answers for."""
        whole = tasks.answered_as_one(self._reading, clause) if clause["kind"] == "paragraph" else None
        if whole and whole["clause_id"] in self._works.of_clause:
            return self._works.task_at(self._reading, whole, 0)
        if own := self._works.of_clause.get(clause["clause_id"]):
            return next((task_id for reach, task_id in own if each.end <= reach), own[-1][1])
        return self._works.task_at(self._reading, clause, each.start)

    def _responsible(
        self, task_id: str, each: OrganizationList, rule: str, lists: list[OrganizationList]
    ) -> Iterator[Row]:
        """The rows of a list of units in the document's order, behind those that their task has."""
        before = [row for row in self._works.responsibilities if row["task_id"] == task_id]
        return self._rows(task_id, each, rule, lists, before)

    def _rows(
        self, task_id: str, each: OrganizationList, rule: str, lists: list[OrganizationList], before: list[Row]
    ) -> Iterator[Row]:
        rule = "" if self._together and rule in MARKS and rule not in folded(each.text) else rule
        taken = {row["org_id"] for row in before}
        led = any(LEADING.search(other.role) for other in lists) and len(lists) > 1
        led = led or (not rule and any(row["rule"] == _SAID for row in before))  # 牵头单位:… on the line before
        rank = len(before)
        for organization in listed(each):
            org_id, known = self.missing.found(organization.name)
            if org_id in taken:
                continue
            taken.add(org_id)
            rank += 1
            own = role(each, organization.said, rule, rank, led)
            yield Row(
                task_id=task_id,
                org_id=org_id,
                role=own,
                rank=rank,
                name_in_source=organization.name,
                confidence="0.60" if not each.sure else "0.98" if known else "0.85",
                rule=f"lead-{'first' if rule == 'first' else 'star'}"
                if rule
                else _SAID
                if own != "listed"
                else "listed",
            )

    def _said_in_the_text(self, clause: Row, lists: list[OrganizationList]) -> Iterator[Row]:
        """The units that a sentence of the running text says take the lead, and those that it says help them."""
        over = self._reading.by_id.get(clause["parent_id"], clause)
        duties = any(tasks.tells_duties(self._reading, each) for each in (clause, over))
        alone = not lists and tasks.is_running(clause)
        if clause["clause_id"] in self._works.of_clause or duties:
            freely = clause["clause_id"] in self._reading.told_duties
            yield from self._told(clause, lists, told(clause["text"], alone, freely))

    def _told(self, clause: Row, lists: list[OrganizationList], found: Iterable[ToldOrganization]) -> Iterator[Row]:
        """The units of sentences of a clause that stand in none of its lists."""
        taken = {(row["task_id"], row["org_id"]) for row in self._works.responsibilities}
        ranks = Counter(task_id for task_id, _ in taken)
        for each in found:
            task_id = self._works.task_at(self._reading, clause, each.start)
            org_id, known = self.missing.found(each.name)
            if not task_id or (task_id, org_id) in taken or any(one.start <= each.start < one.end for one in lists):
                continue
            taken.add((task_id, org_id))
            ranks[task_id] += 1
            yield Row(
                task_id=task_id,
                org_id=org_id,
                role=each.role,
                rank=ranks[task_id],
                name_in_source=each.name,
                confidence="0.90" if known else "0.80",
                rule="said-to-lead-in-the-text",
            )
