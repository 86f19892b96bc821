"""Is every figure the one in the sentence, and is none of the document passed over?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.quoted import quote_place, stating
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.text import comparators, quantities
from openplans.text.folding import folded
from openplans.text.quantities import CELL, Figure

_IN_BRACKETS = re.compile(r"\(([^()]+)\)")

ACCOUNTED = ("targets", "baselines", "projects", "references")
"""The tables whose quotes account for the numbers of a document."""


def value_not_in_quote(world: World, plan: Package) -> Iterator[Hit]:
    """The value of a row is a figure of its quote; in a table row, one of the last cell that the quote touches."""
    for table in ("targets", "baselines"):
        for row in plan[table]:
            for column in ("value", "value_max"):
                if row.get(column) is not None and quote_place(plan, row) and stating(world, plan, row, column) is None:
                    printed = f"{row[column]}{row['unit']}"
                    wrong = "quote" if _of_another(world, plan, row, column) else column
                    yield at(plan.tables[table], row, wrong, value=printed, quote=row["quote"])


def zeros_added(world: World, plan: Package) -> Iterator[Hit]:
    """A value has as many decimals as its quote prints: programs that count in floating point add a zero."""
    for table in ("targets", "baselines"):
        for row in plan[table]:
            for column in ("value", "value_max"):
                written = "" if row.get(column) is None else f"{row[column]:f}"
                meant = written.rstrip("0").rstrip(".")
                if "." in written and written != meant and row["quote"] and written not in row["quote"]:
                    yield at(plan.tables[table], row, column, value=written, meant=meant)


def _of_another(world: World, plan: Package, row: Row, column: str) -> bool:
    """Whether a quote is what is wrong: the clause states the value elsewhere, and the quote has no figure, or is that
    of another row, whose name it has.
    """
    text = plan.by_id("clauses")[row["clause_id"]]["text"]
    if not any(each.states(row[column], row["unit"]) for each in quantities.figures(text, world.unit_names)):
        return False
    of_others = (each for each in plan["targets"] if each is not row and each["quote"] == row["quote"])
    taken = any(each["indicator"] in row["quote"] and row["indicator"] not in row["quote"] for each in of_others)
    return taken or not quantities.figures(row["quote"], world.unit_names)


def baseline_promised(world: World, plan: Package) -> Iterator[Hit]:
    """A figure that is promised is no actual one: no baseline has the words and the value of a target."""
    promised = {
        (row["clause_id"], row["value"], row["unit"]): row for row in plan["targets"] if row["value"] is not None
    }
    for row in plan["baselines"]:
        target = promised.get((row["clause_id"], row["value"], row["unit"]))
        same = (
            target is not None and row["quote"] == target["quote"]
        )  # of a table row each figure has a cell of its own
        if target and (same or (CELL not in row["quote"] and row["quote"] in target["quote"])):
            facts = {"id": row["baseline_id"], "target": target["target_id"], "quote": row["quote"]}
            yield at(plan.tables["baselines"], row, "baseline_id", **facts)


def value_of_another(world: World, plan: Package) -> Iterator[Hit]:
    """Where a sentence lists names and as many figures (分别), or a row of a table does (A/B　1/2), each row has the
    figure of its own name.
    """
    clauses = plan.by_id("clauses")
    for row in plan["targets"]:
        figure = stating(world, plan, row, "value")
        clause = clauses.get(row["clause_id"])
        if figure is None or clause is None:
            continue
        beside = quantities.figures(clause["text"], world.unit_names)
        pairs = [(each.names[0], each.text) for each in beside if len(each.names) == 1 and _near(each, figure)]
        own, others = (figure.names[0] if len(figure.names) == 1 else ""), dict(pairs)
        own, others = (own, others) if own else _of_slashes(row["quote"])
        meant = next((each for each in others if each != own and each in row["indicator"] and own not in each), "")
        if own and meant and own not in row["indicator"]:
            facts = {"value": f"{row['value']}{row['unit']}", "name": own, "own": meant, "meant": others[meant]}
            yield at(plan.tables["targets"], row, "value", **facts)


NEXT = 60
"""Letters between two figures of one list at the most."""


def _near(one: Figure, other: Figure) -> bool:
    return abs(one.start - other.start) < NEXT


def _of_slashes(quote: str) -> tuple[str, dict[str, str]]:
    """The name that the last figure of a table row's quote belongs to, by its place between slashes; and all names,
    each with its place.
    """
    *cells, last = folded(quote).split(CELL)
    head = next((each.split("/") for each in reversed(cells) if "/" in each and not each[:1].isdigit()), [])
    names = [_BRACKETS.sub("", each) for each in head]
    place = last.count("/")
    own = names[place] if place < len(names) else ""
    return own, {name: f"{number}/{len(names)}" for number, name in enumerate(names, 1) if name}


_BRACKETS = re.compile(r"\([^()]*\)")


def unit_differs(world: World, plan: Package) -> Iterator[Hit]:
    """Where a unit is printed behind the figure, the row has that unit."""
    for table in ("targets", "baselines"):
        for row in plan[table]:
            figure = stating(world, plan, row, "value_max" if row.get("value_max") is not None else "value")
            printed = figure.unit if figure and figure.unit in world.units else ""
            printed = printed or ("" if figure is None else _unit_of_head(world, row))
            if printed and printed != row["unit"]:
                yield at(plan.tables[table], row, "unit", unit=row["unit"], printed=printed, quote=row["quote"])


def _unit_of_head(world: World, row: Row) -> str:
    """The units that the head of a table row prints in brackets for its figures, 投资(亿元)/项目(个), where the row has
    none of them; a unit a person of 个 is one of 个.
    """
    heads = [each for each in _IN_BRACKETS.findall(folded(row["quote"])) if each in world.units]
    if len(heads) < 2 or any(row["unit"].partition("/")[0] == each for each in heads):
        return ""
    return "/".join(heads)


def value_and_comparator(world: World, plan: Package) -> Iterator[Hit]:
    """`relative` has no value, `range` has two in order, all others have one."""
    for row in plan["targets"]:
        value, upper, comparator = row["value"], row["value_max"], row["comparator"]
        wanted = {"relative": (False, False), "range": (True, True)}.get(comparator, (True, False))
        disordered = value is not None and upper is not None and upper <= value
        if (value is not None, upper is not None) != wanted or disordered:
            meant = "comparator" if value is not None and upper is None else "value"
            meant = "value_max" if None not in (value, upper) and wanted == (True, False) else meant
            yield at(plan.tables["targets"], row, meant, comparator=comparator)


def quote_cut_off(world: World, plan: Package) -> Iterator[Hit]:
    """A quote does not end within its figure: 突破5 is not all of 突破5万元, nor 达到90% of 达到90%以上."""
    for table in ("targets", "baselines"):
        for row in plan[table]:
            placed, figure = quote_place(plan, row), stating(world, plan, row, "value")
            if placed and figure:
                clause, start = placed
                end = start + len(row["quote"])
                whole = max(figure.end, _behind(clause["text"], figure, end))
                if whole > end:
                    facts = {"quote": row["quote"][-12:], "figure": clause["text"][figure.start : whole], **_FIGURE}
                    yield at(plan.tables[table], row, "quote", **facts)
    for row in plan["references"]:
        if placed := quote_place(plan, row):
            clause, start = placed
            text, end = folded(clause["text"]), start + len(row["quote"])
            if _parts_a_number(text, start) or _parts_a_number(text, end):
                before, behind = (
                    text[:start].rstrip("0123456789.-—–~至年"),
                    text[end:].lstrip("0123456789.-—–~至年月日%‰℃°"),
                )
                whole = clause["text"][len(before) : len(text) - len(behind)]
                facts = {"quote": row["quote"][-12:], "figure": whole, **_FIGURE}
                yield at(plan.tables["references"], row, "quote", **facts)
    yield from _names_cut_off(plan)
    yield from _beginnings_lost(plan)


def _parts_a_number(text: str, cut: int) -> bool:
    """Whether a number, or a span of years, goes on over a cut."""
    return bool(
        _IN_A_NUMBER.search(text[max(0, cut - 1) : cut + 1]) or _IN_A_SPAN.match(text[max(0, cut - 2) : cut + 1])
    )


def _beginnings_lost(plan: Package) -> Iterator[Hit]:
    """A quote does not lack the first letter of what it is about: 上工业总产值 is not all of 规上工业总产值."""
    for table, column in (("targets", "indicator"), ("baselines", "indicator"), ("projects", "name")):
        for row in plan[table]:
            if placed := quote_place(plan, row):
                clause, start = placed
                before, name, quote = clause["text"][:start], row[column], row["quote"]
                lost = len(name) > 2 and before.endswith(name[0]) and quote.startswith(name[1:])
                if lost and _WORD.match(quote):
                    facts = {"quote": quote[:12], "figure": name, "what": "名称", "what_en": "name"}
                    yield at(plan.tables[table], row, "quote", **facts)


def _names_cut_off(plan: Package) -> Iterator[Hit]:
    """A project's quote does not end within its name."""
    for row in plan["projects"]:
        if placed := quote_place(plan, row):
            clause, start = placed
            behind = clause["text"][start + len(row["quote"]) :]
            name, quote = row["name"], row["quote"]
            if any(quote.endswith(name[:cut]) and behind.startswith(name[cut:]) for cut in range(2, len(name))):
                facts = {"quote": row["quote"][-12:], "figure": row["name"], "what": "名称", "what_en": "name"}
                yield at(plan.tables["projects"], row, "quote", **facts)


def quote_runs_on(world: World, plan: Package) -> Iterator[Hit]:
    """A quote does not go on behind its figure into half of a word of what comes next: 公园2个、绿 of 绿地6公顷."""
    for table in ("targets", "baselines"):
        for row in plan[table]:
            placed, figure = quote_place(plan, row), stating(world, plan, row, "value")
            if not placed or not figure:
                continue
            clause, start = placed
            end = start + len(row["quote"])
            over = _RUNS_ON.search(clause["text"][figure.end : end])
            if over and _WORD.match(clause["text"], end):
                meant = clause["text"][start : figure.end + over.start()]
                yield at(plan.tables[table], row, "quote", quote=row["quote"][-12:], meant=meant[-20:])


_RUNS_ON = re.compile("[、,，;；。][^、,，;；。]{1,6}$")
_WORD = re.compile("[\u4e00-\u9fff]")
"""Where a quote ends within the first words of what comes behind its figure."""

_FIGURE = {"what": "数", "what_en": "figure"}

_IN_A_NUMBER = re.compile("[0-9][0-9年月日%‰℃°]")
_IN_A_SPAN = re.compile("[0-9年][-—–~至][0-9]")
"""Where a number was cut in two, or from its sign; where a span of years was."""


def _behind(text: str, figure: Figure, end: int) -> int:
    """Where the word ends that says behind a figure how it is meant (以上, 左右), if a quote that ends at `end` lacks
    it; `end` where it has it, or there is none.
    """
    plain, measured = folded(text), bool(figure.unit)
    if comparators.behind(plain[:end], figure.end, measured) or figure.end > end:
        return end
    word = next(
        (place for place in range(end, end + 5) if comparators.behind(plain[:place], figure.end, measured)), end
    )
    return word if comparators.behind(plain, figure.end, measured) else end


def figure_not_accounted(world: World, plan: Package) -> Iterator[Hit]:
    """Every number of the document is one that a target or
    baseline states, or is in the quote of a project or reference.

    A target's quote accounts for its own figure, and for the dates beside it; any other number in it needs a row too.
    A clause with a quote that is not there once, or a value that is not in its quote, waits until that is mended:
    its numbers would all be reported again.
    """
    stated: defaultdict[str, set[int]] = defaultdict(set)
    waiting: set[str] = set()
    for table in ACCOUNTED:
        for row in plan[table]:
            places = accounted(world, plan, table, row)
            if places is None:
                waiting.add(row["clause_id"])
            else:
                stated[row["clause_id"]] |= places
    for clause in (each for each in plan["clauses"] if each["clause_id"] not in waiting):
        own = own_number(clause)
        for figure in quantities.figures(clause["text"], world.unit_names):
            if figure.start >= own and figure.start not in stated[clause["clause_id"]]:
                around = clause["text"][max(0, figure.start - 12) : figure.end + 12]
                facts = {"figure": figure.text, "clause": clause["clause_id"], "around": around}
                yield at(plan.tables["clauses"], clause, "text", **facts)


def accounted(world: World, plan: Package, table: str, row: Row) -> set[int] | None:
    """Where the figures begin that a row accounts for; None where its quote or its value is not where it should be."""
    placed = quote_place(plan, row)
    if placed is None:
        return None
    clause, start = placed
    places = range(start, start + len(row["quote"]))
    if table in ("projects", "references"):
        return set(places)
    value, upper = (stating(world, plan, row, column) for column in ("value", "value_max"))
    if value is None and row.get("comparator") != "relative":
        return None
    inside = [each for each in quantities.figures(clause["text"], world.unit_names) if each.start in places]
    return {each.start for each in inside if each.is_time} | {each.start for each in (value, upper) if each}


def own_number(clause: Row) -> int:
    """Where the text behind a clause's own printed number begins."""
    number = clause["number"]
    return clause["text"].index(number) + len(number) if clause["text"].lstrip().startswith(number) else 0
