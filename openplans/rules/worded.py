"""What was probably done, in a sentence behind the mend of a cause: emptied, sorted, replaced, dragged down, shifted.

Comes in: a cause with what follows from it. Goes out: the cause, at the cell that is to be mended, with the sentence.
Apart from `causes`, which finds what follows from what: here stands what that tells.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from openplans.problems import Problem, problem
from openplans.rules.ranks import rank
from openplans.rules.repeated import (
    MANY,
    MANY_OF_A_FORM,
    OF_FIGURES,
    emptied,
    filled_down,
    in_a_block,
    out_of_place,
    replaced,
    slid,
)
from openplans.rules.ties import Graph

WHOLE_ROW = 3
"""From how many cells of a row on a mistake of form is one of the row: it is shifted, or no data at all."""


def worded(cause: Problem, following: list[Problem], graph: Graph) -> Problem:
    """A cause with a sentence on what was probably done, where what follows from it tells: the first that fits."""
    tried = (done(cause, following, graph) for done in _DONE)
    return next((found for found in tried if found), cause)


def _file_moved(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    there = [each for each in following if each.rule == "stray-file"]
    if cause.rule != "missing-file" or not there:
        return None
    return cause.advised(
        f"同名的文件在 {there[0].file}：多半被移到了那里，移回来。",
        f"There is one of its name, {there[0].file}: it was probably moved there; move it back.",
    )


def _table_emptied(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    if len(following) <= MANY or not (file := emptied(cause, graph)):
        return None
    if graph.only_laid_out(cause):
        return cause.advised(
            "这个计划还没有读过：先运行 build.py draft，再用 build.py desk 一句一句地定。",
            "Nobody has read this plan yet: run build.py draft, then decide at build.py desk.",
        )
    name = PurePosixPath(file).name
    return replace(cause, file=file, line=1, column=0).advised(
        f"{name} 里一行也没有：多半被清空过，先恢复它的各行。",
        f"{name} has no rows: it was probably emptied; bring them back first.",
    )


def _text_replaced(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    if cause.rule != "text-not-verbatim" or (count := len(graph.untrue(cause))) < MANY_OF_A_FORM:
        return None
    return cause.advised(
        f"共有 {count} 条的文字与原文不同：多半是一次查找替换，一起改回。",
        f"{count} clauses differ from the document, probably by find-and-replace: take it back.",
    )


def _numbered_anew(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    if cause.rule != "id-missing" or len(following) <= MANY or not graph.renumbered(cause):
        return None
    return cause.advised(
        "各行多半重新编过号：恢复原来的编号，编号一经发布就不再改。",
        "The rows were probably numbered anew: bring the old ids back, which never change once they are out.",
    )


def _more_ids_missing(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    if cause.rule != "id-missing":
        return None
    others = [each.facts["id"] for each in following if each.rule == cause.rule and each.file == cause.file]
    if not others:
        return None
    return cause.advised(
        f"一起不见的还有 {len(others)} 个编号，到 {max(others)} 为止。",
        f"{len(others)} more ids are missing, up to {max(others)}.",
    )


def _table_of_another(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    if cause.rule != "foreign-id" or sum(each.rule == cause.rule for each in following) < MANY:
        return None
    other = cause.facts["id"].rpartition("-")[0]
    return cause.advised(
        f"整张表的编号都是 {other} 的：多半是另一份计划的表存到了这里，那就恢复本计划自己的表，不要改编号。",
        f"All ids of the table are of {other}: the table of another plan was probably saved here; bring back the "
        "plan's own and leave the ids.",
    )


def _column_out_of_place(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    if not out_of_place(cause, following, graph):
        return None
    return cause.advised(
        "多数行都这样：这一列多半被单独排过序、错开了一行或被程序改过，恢复整列。",
        "Most rows are so: the column was probably sorted by itself, is a row off or was changed by a program: "
        "bring it back as a whole.",
    )


def _cells_replaced(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    words = replaced(cause, following, graph)
    return cause.advised(*words) if words else None


def _block_dragged(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    count, last = in_a_block(cause, following)
    if not count:
        return None
    return cause.advised(
        f"从这一行到第 {last} 行有 {count} 格这样：多半一格被拖了下来，或这几行错开了一行，恢复这几行。",
        f"So are {count} cells down to line {last}: one was dragged down, or they are a row off; bring them back.",
    )


def _cell_filled_down(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    filled = filled_down(cause, following, graph)
    if not filled:
        return None
    last, value = filled
    return cause.advised(
        f"到第 {last} 行都是“{value}”，与上面的一样：多半是一格被拖了下来，把这几行改回。",
        f"Down to line {last} there is “{value}”, as above: a cell was probably filled down; bring these rows back.",
    )


def _column_slid(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    if not (last := slid(cause, following)):
        return None
    return cause.advised(
        f"到第 {last} 行，这一列接连不对：多半错开了一行，或一格被拖了下来，把这几行改回。",
        f"Down to line {last} the column is wrong line after line: it is a row off, or a cell was dragged down; bring "
        "these rows back.",
    )


def _threshold_for_figure(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    left = [each for each in following if each.rule == "figure-not-accounted"]
    if cause.rule not in OF_FIGURES or not left:
        return None
    figure = left[0].facts["figure"]
    return replace(cause, field="value", column=graph.column(cause, "value")).advised(
        f"引文里的“{figure}”没有着落：多半它才是这一行的数，写着的是门槛。",
        f"No row has “{figure}” of the quote: it is probably the figure of this one, which has a threshold.",
    )


def _unit_taken(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    taken = next(filter(None, (graph.taken_from(cause, each) for each in following)), None)
    if taken is None:
        return None
    line, task = taken
    other = cause.facts["first"] if line == cause.line else cause.line
    place = cause.file, line, graph.column(cause, "task_id"), "task_id"
    moved = problem(cause.rule, *place, **{**cause.facts, "first": other})
    return moved.advised(
        f"这个单位在 {task} 的清单里，那里却没有：多半第 {line} 行的 task_id 应是 {task}。",
        f"The list of {task} has this unit, which lacks it: the task_id of line {line} is probably {task}.",
    )


def _row_shifted(cause: Problem, following: list[Problem], graph: Graph) -> Problem | None:
    cells = {each.field for each in (cause, *following) if (each.file, each.line) == (cause.file, cause.line)}
    if not cause.line or rank(cause) or len(cells) < WHOLE_ROW:
        return None
    return cause.advised(
        f"这一行有 {len(cells)} 格不对：多半整行错了位，或者不是数据（合计、说明），那就删去整行。",
        f"{len(cells)} cells of this row are wrong: it is shifted, or it is no data (a sum, a remark) and goes.",
    )


_DONE: tuple[Callable[[Problem, list[Problem], Graph], Problem | None], ...] = (
    _file_moved,
    _table_emptied,
    _text_replaced,
    _numbered_anew,
    _more_ids_missing,
    _table_of_another,
    _column_out_of_place,
    _cells_replaced,
    _block_dragged,
    _cell_filled_down,
    _column_slid,
    _threshold_for_figure,
    _unit_taken,
    _row_shifted,
)
"""What may have been done, in the order in which it is tried: each says so of a cause, or None where it was not."""
