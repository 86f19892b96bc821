"""Do the lists of responsible units say who leads as the document does, and in its order?

Comes in: a plan and the registry's spellings. Goes out: rows of responsibilities whose rank or role is not the
print's. Apart, because who leads is said in four ways: behind 牵头单位, by an asterisk, by a rule that the first one
leads, and in a sentence (农业农村局牵头…); where the document says none of it, nobody leads.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules import organization_headings, organization_tables
from openplans.rules.hits import Hit, at
from openplans.rules.quotes import squeezed, texts_below
from openplans.text import roles
from openplans.text.folding import CELL, folded
from openplans.text.organization_names import OrganizationList, leading, listed
from openplans.text.responsible import NONE, is_answer, organization_lists
from openplans.text.told_organizations import told

_ORGANIZATION_LIST = re.compile(r"\([^()]*(?:局|办|部|公司|中心|单位)[^()]*\)")
_NAMED_NEXT = re.compile("[\u4e00-\u9fff]")
"""Behind a mark between two names, which is that of the second: 甲局★乙局, parted by a blank in print."""
_BEFORE_FIRST = ("(", ":", ":", CELL)


@dataclass(frozen=True)
class Named:
    """A unit's name in a text: where it begins, whether it leads, whether it is the first of a list that does not say
    who leads.
    """

    start: int
    name: str
    leads: bool
    first: bool


def name_not_in_source(world: World, plan: Package) -> Iterator[Hit]:
    """A responsible unit's name is printed in the clause of its task or in one below it; where a clause has several
    tasks, in the task's own part; or where a table says of the task who answers for it: in a cell merged over its row,
    in a row that has its number.
    """
    below, tasks = texts_below(plan), plan.by_id("tasks")
    elsewhere = organization_tables.texts_about(plan["clauses"])
    for row in plan["responsibilities"]:
        if not (task := tasks.get(row["task_id"])):
            continue
        name, printed = row["name_in_source"], any(row["name_in_source"] in each for each in below[task["clause_id"]])
        if printed and task["clause_id"] in plan.by_id("clauses"):
            parts = set(starts_of_parts(plan, task["clause_id"]).values())
            own = passages(plan, row["task_id"]) if row["task_id"] in parts else [squeezed(name)]
            printed = any(squeezed(name) in each for each in own)
        if not printed and not any(name in each for each in elsewhere.get(task["clause_id"], ())):
            yield at(plan.tables["responsibilities"], row, "name_in_source", name=name, clause=task["clause_id"])


def rank_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The ranks of a task's units count from 1, and the names in that order are in the order of the print."""
    table, names = plan.tables["responsibilities"], _names(world, plan)
    keyed = organization_tables.about_elsewhere(plan["clauses"])
    for task_id, rows in _by_task(plan).items():
        for number, row in enumerate(rows, 1):
            if row["rank"] != number:
                yield at(table, row, "rank", name=row["name_in_source"], rank=row["rank"], meant=number)
                break
        else:
            named = [name for text, led in _told_of_task(plan, task_id, keyed) for name in _in_order(names, text, led)]
            places, printed = iter(named), [folded(squeezed(row["name_in_source"])) for row in rows]
            for row, name in zip(rows, printed, strict=True):
                if name in named and name not in places:  # which goes on to the next place of that name
                    before = {each for each in printed if each in named[: named.index(name)]}
                    facts = {"name": row["name_in_source"], "rank": row["rank"], "meant": len(before) + 1}
                    yield at(table, row, "rank", **facts)
                    break


def _in_order(names: re.Pattern[str], text: str, led: list[tuple[int, int]]) -> list[str]:
    """The names in a text as it prints them, those in a column of those who lead first, wherever it stands."""
    found = list(names.finditer(folded(text)))
    leads = [each for each in found if any(low <= each.start() < high for low, high in led)]
    return [each.group() for each in (*leads, *(each for each in found if each not in leads))]


def role_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A unit leads where the document says so; without any rule of the document all are `listed`."""
    texts = [folded(row["text"]) for row in plan["clauses"]]
    mark = roles.mark_of(texts)
    marked = bool(mark) or any(f"{before}*" in text for text in texts for before in (CELL, "、", ","))
    marked = marked and not roles.unmarked_together(texts)
    begin = roles.first_leads_from(texts)
    first_leads = {row["clause_id"] for row in plan["clauses"][len(texts) if begin is None else begin :]}
    if begin is not None:  # the rule may stand in a line under the first item
        first_leads.add(plan["clauses"][begin]["parent_id"])
    tasks, names = plan.by_id("tasks"), _names(world, plan)
    keyed = organization_tables.about_elsewhere(plan["clauses"])
    headed = organization_headings.naming(plan["clauses"]).keys() | organization_headings.over(plan["clauses"]).keys()
    for task_id, rows in _by_task(plan).items():
        task = tasks.get(task_id)
        if task is None:
            continue
        named = _named_in_task(plan, task_id, names, keyed, mark or "*")
        follows = task["clause_id"] in first_leads
        for row in rows:
            own = [each for each in named if each.name == folded(squeezed(row["name_in_source"]))]
            leads = any(each.leads or (follows and each.first) for each in own)
            ruled = follows or marked or any(each.leads for each in named)
            meant = "lead" if leads else "co" if ruled else "listed"
            if own and row["role"] != meant:
                if (meant, row["role"]) == ("listed", "co") and _is_led_elsewhere(plan, task, headed):
                    continue
                facts = {"name": row["name_in_source"], "role": row["role"], "meant": meant}
                yield at(plan.tables["responsibilities"], row, "role", **facts)


def _is_led_elsewhere(plan: Package, task: Row, headed: Container[str]) -> bool:
    """Whether who leads a task stands in the heading over it, or under its own head and is not registered yet."""
    return task["clause_id"] in headed or bool(_lead_cells(plan, task["clause_id"]))


def _by_task(plan: Package) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in plan["responsibilities"]:
        found[row["task_id"]].append(row)
    return {task: sorted(rows, key=lambda row: row["rank"] or 0) for task, rows in found.items()}


def _names(world: World, plan: Package) -> re.Pattern[str]:
    """The names of units that a plan's document may use, the longest first."""
    names = {folded(squeezed(row["name_in_source"])) for row in plan["responsibilities"]}
    for code in world.region_chain(plan.descriptor["region_code"]):
        names |= set(map(folded, world.names_of.get(code, ())))
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))))


def _told_of_task(plan: Package, task_id: str, keyed: dict[str, list[Row]]) -> list[tuple[str, list[tuple[int, int]]]]:
    """The texts of the part of the document that is a task's, in print order, each with the places of its cells of
    those who lead; of one that an annex answers for by its number (`keyed`), those of the annex.
    """
    own = plan.by_id("tasks").get(task_id)
    if rows := keyed.get(own["clause_id"], ()) if own else ():
        return [(_squeezed_row(row["text"]), _lead_cells(plan, row["clause_id"])) for row in rows]
    led = _lead_cells(plan, own["clause_id"]) if own else []
    return [(text, led if number == 0 else []) for number, text in enumerate(passages(plan, task_id))]


def _named_in_task(
    plan: Package, task_id: str, names: re.Pattern[str], keyed: dict[str, list[Row]], mark: str
) -> list[Named]:
    """The units named in what is told of a task, in print order."""
    told = _told_of_task(plan, task_id, keyed)
    lists = [
        (number, each) for number, (text, _) in enumerate(told) for each in organization_lists(text, NONE, CELL in text)
    ]
    lead = list(zip((number for number, _ in lists), leading([each for _, each in lists]), strict=True))
    found = [
        replace(each, first=each.first and not _goes_on(told, number))
        for number, (text, cells) in enumerate(told)
        for each in _named(
            folded(text), [*cells, *_led(text, [each for at, each in lead if at == number])], names, mark
        )
    ]
    labelled = any(roles.LEADING.search(each.role) for _, each in lead)
    return [replace(each, first=False) for each in found] if labelled else found


def _goes_on(told: list[tuple[str, list[tuple[int, int]]]], number: int) -> bool:
    """Whether a line of units goes on with one before it: units under each other, a line each."""
    lines = [is_answer(folded(text)) for text, _ in told[1 : number + 1]]
    return len(lines) > 1 and lines[-1] and any(lines[:-1])


def _led(text: str, lists: Iterable[OrganizationList]) -> Iterator[tuple[int, int]]:
    """Where those stand that lists or sentences say lead."""
    yield from ((each.start, each.start + 1) for each in told(text) if each.role == "lead")
    for each in lists:
        if roles.LEADING.search(each.role):
            yield each.start, each.end
        else:
            yield from (
                (each.start + one.start, each.start + one.start + 1) for one in listed(each) if one.said == "lead"
            )


def _lead_cells(plan: Package, clause_id: str) -> list[tuple[int, int]]:
    """Where in a row of a table, white space aside, the cells under a head such as 牵头单位 stand."""
    rows = [row for row in plan["clauses"] if row["kind"] == "table_row"]
    place = next((number for number, row in enumerate(rows) if row["clause_id"] == clause_id), None)
    if place is None:
        return []
    cells = _squeezed_row(rows[place]["text"]).split(CELL)
    above = [folded(_squeezed_row(row["text"])).split(CELL) for row in rows[:place]]
    heads = (
        each for each in reversed(above) if len(each) == len(cells) and organization_tables.organization_heads(each)
    )
    lead = organization_tables.leading_heads(next(heads, []))
    starts = [sum(len(cell) + 1 for cell in cells[:number]) for number in range(len(cells))]
    return [(starts[each], starts[each] + len(cells[each])) for each in lead]


def _named(text: str, led: list[tuple[int, int]], pattern: re.Pattern[str], mark: str) -> Iterator[Named]:
    """The units named in a folded text, of which those lead that stand where others are `led`."""
    for match in pattern.finditer(text):
        start = match.start()
        behind = text[match.end() : match.end() + 1] if not _NAMED_NEXT.match(text, match.end() + 1) else ""
        leads = mark in (text[start - 1 : start], behind)
        leads = leads or any(low <= start < high for low, high in led)
        yield Named(start, match.group(), leads, start == 0 or text[start - 1] in _BEFORE_FIRST)


def passages(plan: Package, task_id: str) -> list[str]:
    """The texts of a task without white space: its clause or its part of it, and the clauses below that have no
    task.
    """
    tasks, clauses = plan.by_id("tasks"), plan.by_id("clauses")
    task = tasks.get(task_id)
    if task is None or task["clause_id"] not in clauses:
        return []
    text = _squeezed_row(clauses[task["clause_id"]]["text"])
    parts = starts_of_parts(plan, task["clause_id"])
    own = [place for place, each in parts.items() if each == task_id]
    if own:
        text = text[own[0] : min((place for place in parts if place > own[0]), default=len(text))]
    with_task = {each["clause_id"] for each in plan["tasks"]}
    below = [
        row for row in plan["clauses"] if row["parent_id"] == task["clause_id"] and row["clause_id"] not in with_task
    ]
    return [text, *(_squeezed_row(row["text"]) for row in below)]


def starts_of_parts(plan: Package, clause_id: str) -> dict[int, str]:
    """Where in a clause, white space aside, its tasks begin: behind the list of units that ends the part before.

    A clause of one task has no parts.
    """
    own = [row for row in plan["tasks"] if row["clause_id"] == clause_id]
    if len(own) == 1:
        return {}
    text = _squeezed_row(plan.by_id("clauses")[clause_id]["text"])
    parents = {row["parent_id"] for row in own}
    found: dict[int, str] = {}
    for row in (each for each in own if each["task_id"] not in parents):
        title = text.find(squeezed(row["title"]))
        ends = [match.end() for match in _ORGANIZATION_LIST.finditer(text, 0, max(title, 0))]
        found[ends[-1] if ends else title] = row["task_id"]
    return found


def _squeezed_row(text: str) -> str:
    """A text without white space but for what parts the cells of a table row."""
    return CELL.join(map(squeezed, text.split(CELL)))
