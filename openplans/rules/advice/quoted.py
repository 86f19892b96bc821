"""Where a quote, a title or a name is that does not stand in its clause, or what of the clause is most like it.

Comes in: a Problem and the World. Goes out: the clause, the words, or the character that differs.
"""

from __future__ import annotations

import re

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.problems import Problem
from openplans.rules.advice.nearest import MOST_OFFERED, NONE, Advice
from openplans.rules.cell_to_mend import each_others, elsewhere, named_in_clause, package_of, row_of
from openplans.text import quantities
from openplans.text.likeness import NEAR, difference, looking_like

_BETWEEN_MARKS = re.compile(r"[\s,，.。;；:：、()（）\[\]]+")
"""What parts the words of a clause."""


def said_nearly(problem: Problem, world: World) -> Advice:
    """The words of the row's clause, from a mark to a mark, that are most like what the row calls a thing."""
    from rapidfuzz import fuzz, process

    row, package = row_of(problem, world), package_of(problem, world)
    clause = package.by_id("clauses").get(row.get("clause_id", "")) if row and package else None
    said = str(row[problem.field]) if row and problem.field else ""
    pieces = [each for each in _BETWEEN_MARKS.split(clause["text"]) if each and each != said] if clause else []
    found = process.extractOne(said, pieces, scorer=fuzz.ratio, score_cutoff=NEAR) if said else None
    if found:
        return f"条款里最接近的是“{found[0]}”。", f"The nearest in the clause is “{found[0]}”."
    return _nearly(said, clause["text"]) if clause and said not in clause["text"] else NONE


def end_missing(problem: Problem, world: World) -> Advice:
    """That the last clauses are gone, as from a table that was saved by half."""
    if problem.facts["clause"] != "-":
        return NONE
    return (
        "这是 source.txt 末尾的文字，没有条款写它：表多半在末尾被截断了，恢复那几行。",
        "No clause has the end of source.txt: the table was probably cut off; bring its last rows back.",
    )


def printed_value(problem: Problem, world: World) -> Advice:
    """The one figure that a quote has in the unit of its row, or as a percentage that became a fraction."""
    row = row_of(problem, world) or Row()
    figures = [
        each for each in quantities.figures(row.get("quote", ""), world.unit_names) if each.unit == row.get("unit")
    ]
    values = {each.value for each in figures}
    if problem.field != "value" or len(values) != 1 or not row["value"]:
        return NONE
    [value] = values
    if row["unit"] == "%" and row["value"] * 100 == value:
        return (
            f"表格软件把 {value}% 存成了 {row['value']}：写 {value}。",
            f"A spreadsheet program keeps {value}% as {row['value']}: write {value}.",
        )
    return f"引文里以{row['unit']}计的数是 {value}。", f"The figure of the quote in {row['unit']} is {value}."


def quoted(problem: Problem, world: World) -> Advice:
    """Where a quote that is not in its clause nearly is, and which character keeps it from being there."""
    package = package_of(problem, world)
    clause = package.by_id("clauses").get(problem.facts["clause"]) if package else None
    quote = problem.facts["quote"]
    if not clause or not package:
        return NONE
    if piece := looking_like(quote, clause["text"]):
        return difference(quote, piece)
    row = row_of(problem, world) or Row()
    if row.get("other_quote") and row["quote"] == quote and each_others(row, clause, package):
        return (
            "quote 和 other_quote 两格填反了：各自在对方的条款里，换过来。",
            "quote and other_quote were exchanged: each is in the other's clause.",
        )
    if (found := elsewhere(quote, package)) and found in (row.get("clause_id"), row.get("other_clause_id")):
        return (
            f"这段文字是另一处（{found}）的：这一格抄 {clause['clause_id']} 的话。",
            f"These are the words of the other place ({found}): quote those of {clause['clause_id']}.",
        )
    if other := _exchanged_within(problem, world, clause["text"]):
        return (
            f"{other} 一格里的才在条款里：多半这两格填反了，换过来。",
            f"What {other} has is in the clause: the two cells were probably exchanged.",
        )
    return _in_clauses(problem, package, world) or _nearly(quote, clause["text"])


def _in_clauses(problem: Problem, package: Package, world: World) -> Advice | None:
    """That a quote stands in another clause, or in a few; None where it does not."""
    quote = problem.facts["quote"]
    if (found := elsewhere(quote, package, problem)) and not named_in_clause(problem, package, world):
        return (
            f"这段文字在条款 {found}：多半是条款编号写错了。",
            f"It stands in clause {found}: the id of the clause is probably wrong.",
        )
    several = [each["clause_id"] for each in package["clauses"] if quote in each["text"]]
    if 1 < len(several) <= MOST_OFFERED:
        return (
            f"这段文字在条款 {'、'.join(several)}：多半是条款编号写错了。",
            f"It stands in clauses {', '.join(several)}: the id of the clause is probably wrong.",
        )
    return None


def _exchanged_within(problem: Problem, world: World, text: str) -> str:
    """The column of a row whose cell is a piece of its clause, where what should be one is none."""
    row = row_of(problem, world) or Row()
    return next((name for name in ("note", "comment_zh") if len(row.get(name, "")) > 3 and row[name] in text), "")


_LACKED = 4
"""Letters that a quote may lack, by which the piece of a clause most like it is too short."""


def _nearly(quote: str, text: str) -> Advice:
    """The piece of a clause that is most like a quote."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(quote, text)
    if not found or found.score < NEAR or len(quote) > len(text):
        return NONE
    start, end = found.dest_start, found.dest_end  # an alignment leaves out as many letters as the quote lacks
    start = max(start, 0) if (before := text.rfind(quote[0], max(0, start - _LACKED), start + 1)) < 0 else before
    end = end if (last := text.find(quote[-1], max(end - 1, 0), end + _LACKED)) < 0 else last + 1
    piece = text[start:end]
    return f"条款里最接近的是“{piece}”。", f"The nearest in the clause is “{piece}”."
