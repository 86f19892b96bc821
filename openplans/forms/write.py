"""The form of a plan: a row for each promise, project and task, in the words of the document.

Comes in: the facts, a plan and perhaps one unit. Goes out: the bytes of an Excel file whose ids are locked and whose
choices drop down.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from openplans.facts import restatements
from openplans.facts.derived import DueKind
from openplans.facts.model import Facts
from openplans.facts.plan import PlanFacts
from openplans.facts.records import NamedProject, Target, Task
from openplans.forms.columns import COLUMNS, COVER, SHEET
from openplans.schema import vocabulary
from openplans.text import i18n

Cells = dict[str, str]

LAST = 1_048_575
"""The last row of a sheet, counted from 0. Any row below those that are printed may be filled in: one promise can have
figures of several years. Formats of columns say so, for cells that are written count as filled in wherever it is read,
printed or scrolled."""

_TEXT = "@"
"""Excel's format for text: a period 2025-06 stays as it is typed."""

_HELP = (
    ("这是什么", "《{title}》的填报表：一行是文件里的一条承诺、一个项目或一项任务，照文件原话。"),
    (
        "怎样填",
        "只填白色的格子。报实际数：填“实际值”到“数的状态”，和来源。报进展：填“进展”“进展日期”“说明”，和来源。两样都报也可以。",
    ),
    ("来源", "每一个数、每一句话都要有公众能打开的网页。没有公开的不填。"),
    ("多报几年", "同一条要报几个时期的，在下面的空行里再写一行，把编号抄过去。"),
    (
        "交回",
        "存成 .xlsx 或 .ods 都可以，不要改列名，不要删列。交回后用 build.py take "
        "读入，有读不懂的格子会逐个指出，一个也不会写错地方。",
    ),
    ("计划编号", "{plan}"),
    ("数据版本", "{version}"),
)


def form(facts: Facts, plan: PlanFacts, org_id: str = "") -> bytes:
    """The form of a plan; with `org_id` only of what that unit answers for."""
    file = io.BytesIO()
    lines = list(rows(facts, plan, org_id))
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": plan.plan.title_zh, "created": datetime.fromisoformat(facts.updated)})
        _sheet(book, book.add_worksheet(SHEET), lines)
        _cover(book, book.add_worksheet(COVER), plan, facts.version)
    return file.getvalue()


def rows(facts: Facts, plan: PlanFacts, org_id: str) -> Iterator[Cells]:
    """What the form prints of each promise, project and task."""
    words = i18n.macros("flat", "zh", facts.registry.units, facts.registry.terms, facts.registry.publisher.own)
    for target in (promise[0] for promise in restatements.grouped(plan.targets, facts.registry)):
        if isinstance(target, Target) and _answers(target, org_id):
            yield {
                **_row(target, target.target_id, "target", target.indicator),
                "scope": target.scope,
                "unit": target.unit,
                "different": "",
                "promised": words.promised(target),
                "when": words.period(target),
                "quote": target.quote,
            }
    for project in plan.projects:
        if _answers(project, org_id):
            yield {**_row(project, project.project_id, "project", project.name), "promised": words.stage(project),
                   "when": project.period_end, "quote": project.quote}  # fmt: skip
    clauses = {clause.clause_id: clause.text for clause in plan.clauses}
    for task in plan.tasks:
        if _answers(task, org_id):
            quote = clauses[task.clause_id].replace("\u3000", " ｜ ")
            yield {
                **_row(task, task.task_id, "task", f"{task.number} {task.title}".strip()),
                "when": task.period_end,
                "quote": quote,
            }


def _answers(row: Target | NamedProject | Task, org_id: str) -> bool:
    return not org_id or any(each.org_id == org_id for each in row.answering)


def _row(row: Target | NamedProject | Task, row_id: str, kind: DueKind, item: str) -> Cells:
    lead = [each.name_in_source for each in row.answering if each.role == "lead"]
    named = lead or [each.name_in_source for each in row.answering]
    return {
        "id": row_id,
        "kind": vocabulary.codes("docket", "kind_code")[kind].name_zh,
        "item": item,
        "units": "、".join(named),
    }


def _sheet(book: Workbook, sheet: Worksheet, lines: list[Cells]) -> None:
    """The sheet to be filled in: locked where the document speaks, open and with drop-downs elsewhere."""
    locked = book.add_format(
        {"text_wrap": True, "valign": "top", "bg_color": "#EEF2F4", "border": 1, "border_color": "#D0D8DC"}
    )
    opened = book.add_format(
        {
            "text_wrap": True,
            "valign": "top",
            "locked": False,
            "num_format": _TEXT,
            "border": 1,
            "border_color": "#D0D8DC",
        }
    )
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#0B4F5C", "font_color": "#FFFFFF"}
    )
    for number, column in enumerate(COLUMNS):
        sheet.set_column(number, number, column.width, opened)
        sheet.write_string(0, number, column.title, head)
        for line, row in enumerate(lines, 1):
            sheet.write_string(line, number, row.get(column.key, ""), opened if column.open else locked)
        _choices(sheet, number, column.choices, column.help)
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
    sheet.autofilter(0, 0, max(1, len(lines)), len(COLUMNS) - 1)


def _choices(sheet: Worksheet, number: int, choices: dict[str, str] | None, help_: str) -> None:
    """The drop-down of a column, or what to write there."""
    told = {"input_title": "填写", "input_message": help_} if help_ else {}
    if choices:
        refused = {"error_title": "请选一项", "error_message": "、".join(choices)}
        sheet.data_validation(1, number, LAST, number, {"validate": "list", "source": list(choices), **refused, **told})
    elif help_:
        sheet.data_validation(1, number, LAST, number, {"validate": "any", **told})


def _cover(book: Workbook, sheet: Worksheet, plan: PlanFacts, version: str) -> None:
    wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    for line, (label, text) in enumerate(_HELP):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, text.format(title=plan.plan.title_zh, plan=plan.plan.id, version=version), wrapped)
