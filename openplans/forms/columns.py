"""The columns of the form, in their order: what stands in it, and what may be filled in with which words.

Comes in: the categories of the schemas. Goes out: COLUMNS.
Apart, because the form is written and read by the same list.
"""

from __future__ import annotations

from dataclasses import dataclass

from openplans.packages.read import FORM_SHEET
from openplans.schema import vocabulary

SHEET, COVER = FORM_SHEET, "说明"
"""The sheet that is filled in, and the one that tells how."""


def _named(table: str, column: str) -> dict[str, str]:
    """The codes of a column by their Chinese words."""
    return {code.name_zh: value for value, code in vocabulary.codes(table, column).items()}


@dataclass(frozen=True)
class FormColumn:
    """A column: its `title` is how it is found again. `choices`: codes
    by word; `help`: what stands at the cell; `open`: is filled in."""

    key: str
    title: str
    width: int
    help: str = ""
    open: bool = True
    choices: dict[str, str] | None = None


def _locked(key: str, title: str, width: int) -> FormColumn:
    return FormColumn(key, title, width, open=False)


COLUMNS: tuple[FormColumn, ...] = (
    _locked("id", "编号", 26),
    _locked("kind", "清单", 6),
    _locked("item", "事项", 28),
    _locked("scope", "范围", 12),
    _locked("promised", "文件要求", 14),
    _locked("when", "时间", 14),
    _locked("units", "责任单位", 22),
    _locked("quote", "文件原话", 40),
    FormColumn("value", "实际值", 10, "只写数字，照公布的，不换算"),
    FormColumn("unit", "单位", 10, "与文件的单位不同时改写"),
    FormColumn("bound", "用词", 9, "公布时的用词", choices=_named("observations", "bound")),
    FormColumn("period_kind", "时期类别", 12, "这个数是哪一类时期的", choices=_named("observations", "period_kind")),
    FormColumn(
        "period", "时期", 12, "全年 2025；半年、季度、当月、累计写最后一个月 2025-06；时点 2025-06-30；跨年 2023/2025"
    ),
    FormColumn("state", "数的状态", 10, "没有说明的留空", choices=_named("observations", "state")),
    FormColumn("different", "不同的范围或口径", 18, "与左边的“范围”一样的留空"),
    FormColumn("status", "进展", 10, "任务、项目或目标进行到哪里", choices=_named("updates", "status")),
    FormColumn("date", "进展日期", 12, "2025-06-30"),
    FormColumn("statement", "说明（原话）", 36, "公布时的原话"),
    FormColumn("next_step", "下一步", 24),
    FormColumn("source_title", "来源标题", 26),
    FormColumn("source_kind", "来源类别", 10, choices=_named("sources", "kind")),
    FormColumn("publisher", "发布者", 16),
    FormColumn("source_url", "来源网址", 30, "http:// 或 https:// 开头，公众可以打开"),
    FormColumn("published", "来源日期", 12, "2025-06-30；页面没有日期的留空"),
    FormColumn("place", "在来源的哪里", 18),
    FormColumn("note", "备注", 20),
)

FILLED = tuple(each for each in COLUMNS if each.open)
"""The columns that are filled in."""

FIGURE = ("value", "bound", "period_kind", "period", "state", "different", "place")
UPDATE = ("status", "date", "statement", "next_step")
"""What belongs to an actual figure, and what to a report of progress."""
