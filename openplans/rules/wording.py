"""Do a row's codes agree with the words of its sentence? Task, comparator, measure, stage, scope.

Comes in: a plan. Goes out: rows whose codes the sentence contradicts. Apart from `quantities`, which asks for the
figure itself, from `indicators`, which asks what a row is called, and from `concepts`, which compares it with the
registry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.quoted import stating
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.indicators import named
from openplans.rules.lead import starts_of_parts
from openplans.rules.quotes import squeezed
from openplans.text.folding import folded
from openplans.text.quantities import ENTITLED


def task_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A target or project belongs to the task in whose part of the document its sentence stands, if it stands in
    one.
    """
    for table in ("targets", "projects"):
        for row in plan[table]:
            meant = task_of(plan, row)
            if row["task_id"] != meant:
                facts = {"task": row["task_id"] or "-", "meant": meant or "-", "clause": row["clause_id"]}
                yield at(plan.tables[table], row, "task_id", **facts)


def task_of(plan: Package, row: Row) -> str:
    """The task of a sentence: the part of the clause it stands in, the clause's own, or that of the nearest clause
    above.
    """
    clauses, tasks = plan.by_id("clauses"), plan.first_of("tasks", "clause_id")
    clause_id, seen = row["clause_id"], set()
    if clause_id in clauses:
        place = squeezed(clauses[clause_id]["text"]).find(squeezed(row["quote"]))
        begun = {start: task for start, task in starts_of_parts(plan, clause_id).items() if 0 <= start <= place}
        if begun:
            return begun[max(begun)]
    while clause_id in clauses and clause_id not in seen:
        if clause_id in tasks:
            return str(tasks[clause_id]["task_id"])
        seen.add(clause_id)
        clause_id = clauses[clause_id]["parent_id"]
    return ""


def comparator_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The comparator is the one that the words around the figure give (以上, 不低于, 达到, 以内, 左右, 突破, 超)."""
    for row in plan["targets"]:
        if row["comparator"] in ("relative", "range"):
            continue
        figure = stating(world, plan, row, "value")
        if figure:
            words = figure.comparator
            if words != row["comparator"]:
                text = plan.by_id("clauses")[row["clause_id"]]["text"]
                around = text[max(0, figure.start - 10) : figure.end + 4]
                yield at(
                    plan.tables["targets"], row, "comparator", comparator=row["comparator"], words=words, around=around
                )


_RATIO = re.compile(r"比值|之比|倍|指数")

_GROWTH = re.compile(r"增长|递增|递减|增速|增幅|涨幅|提高幅度|增长幅度|翻.?番|年均提高|投入(?!.*(?:比|强度|率))")

_ENTITLED = re.compile(ENTITLED)
"""What is promised to everyone entitled to it, of whom it is a share: 应保尽保."""

_CHANGE = re.compile(r"提高|提升|增加|下降|降低|减少|压减|压降|削减|缩小|高出|高于|增产|增收")
"""Words of a change, which make a growth of what is counted in percentage points, and may of a %."""

_TOTAL = re.compile(r"累计|总数")

_IN_BRACKETS = re.compile(r"[\[［【〔][-－−]?[\d.]+[\]］】〕]?$")
"""How a cell prints the sum over all years: [22.3]."""

_CHANGES_BY = re.compile(r"(?:翻[^,，。;；]?番|减半|零增长)[^,，。;；\d]{0,4}$")
"""Words that say by how much something changes and hold the value themselves: 翻两番, 减半, 零增长."""

_STAGES = {
    "plan": ("谋划推进", "谋划", "规划建设", "研究", "前期"),
    "start": ("开工建设", "开工", "启动", "动工"),
    "complete": (
        "完成",
        "完工",
        "建成通车",
        "建成",
        "建设投用",
        "投用",
        "投入使用",
        "投运",
        "投产",
        "交付",
        "创成",
        "竣工",
        "通车",
        "通水",
        "通航",
    ),
    "continue": (
        "续建",
        "推进",
        "加快建设",
        "加快",
        "提速建设",
        "培育建设",
        "建设",
        "打造",
        "提升",
        "迭代升级",
        "迭代",
        "积极参与",
        "支持",
        "串联",
        "迁建",
        "聚焦",
        "构建",
    ),
}
"""By stage, the words that say it; the one nearest before the name decides."""

_WHOLE_REGION = re.compile("全(?:省|市|县|区|州|旗|域|地区|县域|市域|区域)(?:范围)?")

_PREPARED = re.compile("(?:项目)?(?:的)?前期(?:工作|研究|论证)")
"""Behind a name: 做好石堡水库前期工作."""


def measure_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The words decide the measure: 累计 is a total, 增长 a
    growth, another % a share; the rest is a count or a level."""
    for row in plan["targets"]:
        meant = measures(row)
        if row["measure"] not in meant:
            yield at(plan.tables["targets"], row, "measure", measure=row["measure"], meant="/".join(sorted(meant)))


def measures(row: Row) -> set[str]:
    """The measures that the words of a target admit."""
    if _IN_BRACKETS.search(row["quote"]):
        return {"cumulative"}
    if row["unit"] == "个百分点" or (row["unit"] == "%" and _CHANGE.search(row["indicator"])):
        return {"growth", "share"}
    if row["unit"] in ("%", "倍") and _CHANGES_BY.search(row["quote"]):
        return {"growth"}
    if row["unit"] in ("成", "‰"):
        return {"share", "growth"}
    if _CHANGE.search(row["indicator"][-8:]) and row["indicator"].endswith(tuple(_CHANGE.pattern.split("|"))):
        return {"growth", "count", "level"}
    if _GROWTH.search(row["indicator"]) and (row["unit"] in ("%", "个百分点") or row["comparator"] == "relative"):
        return {"growth"}
    if row["unit"] in ("%", "个百分点"):
        return {"level"} if _RATIO.search(row["indicator"]) else {"share"}
    if row["comparator"] == "relative":
        entitled = {"share"} if _ENTITLED.search(row["quote"]) else set()
        return {"share"} if re.search(r"率|比例|占比", row["indicator"]) else {"level", "count"} | entitled
    if _TOTAL.search(row["indicator"] + folded(row["quote"]).rsplit(",", 1)[-1]):
        return {"cumulative"}
    if _TOTAL.search(row["quote"] + row["note"]):
        return {"cumulative", "level", "count"}
    return {"count", "level"}  # which of the two, the basis decides: what is counted is made `in` a period


def scope_whole(world: World, package: Package) -> Iterator[Hit]:
    """A scope is less than, or other than, the whole region, which needs none."""
    for name in ("targets", "observations"):
        table = package.tables.get(name)
        for row in (row for row in (table.rows if table else ()) if row["scope"]):
            code = row.get("region_code") or package.descriptor.get("region_code")
            region = world.regions.get(str(code), Row())
            if _WHOLE_REGION.fullmatch(row["scope"]) or row["scope"] == region.get("name_zh"):
                yield at(table, row, "scope", scope=row["scope"])


def stage_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The stage of a project is what the word before its name says: 谋划, 开工, 推进, 建成."""
    for row in plan["projects"]:
        meant = _stage(plan, row)
        if meant and row["stage"] != meant and named(row, row, "name"):  # else it is the quote that is wrong
            yield at(plan.tables["projects"], row, "stage", stage=row["stage"], meant=meant, quote=row["quote"])


def _stage(plan: Package, row: Row) -> str:
    """The stage of the word behind the name, else of the nearest before it; "" where the sentence has none of them."""
    clause = plan.by_id("clauses").get(row["clause_id"])
    text = clause["text"] if clause else row["quote"]
    start = text.find(row["quote"])
    name = next((row["quote"].find(row["name"][:size]) for size in (4, 3, 2) if row["name"][:size] in row["quote"]), 0)
    behind = row["quote"][name + len(row["name"]) :]
    prepared = _PREPARED.match(text, start + name + len(row["name"])) if start >= 0 else None
    for kind in ("complete", "start"):
        if any(word in behind for word in _STAGES[kind]):  # 公路6月底前竣工通车
            return kind
    sentence = re.split("[。;；]", text[: start + name])[-1]
    best, stage = (-1, 0), ""
    for kind, words in _STAGES.items():
        for word in words:
            for found in re.finditer(f"{word}(?![、,和])", sentence):  # 建设、 ends a name, it is no verb
                if (found.end(), len(word)) > best:
                    best, stage = (found.end(), len(word)), kind
    return "plan" if prepared and stage != "start" else stage  # 启动…前期工作 starts something
