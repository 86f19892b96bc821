"""Do a row's codes and words agree with those of its sentence? Task, comparator, measure, stage, indicator and scope.

Comes in: a plan. Goes out: rows whose codes or words the sentence contradicts. Apart from `quantities`, which asks for
the figure itself, and from `concepts`, which compares a row with the registry.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from openplans.packages.link import World
from openplans.packages.quoted import stating
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.lead import starts_of_parts
from openplans.rules.quotes import squeezed
from openplans.text.folding import CELL, folded
from openplans.text.quantities import ENTITLED, figures

# --- Which task -----------------------------------------------------------------------------------


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


# --- Measure and stage ----------------------------------------------------------------------------

_RATIO = re.compile(r"比值|之比|倍|指数")
_GROWTH = re.compile(r"增长|递增|递减|增速|增幅|涨幅|提高幅度|增长幅度|翻.?番|年均提高|投入(?!.*(?:比|强度|率))")
_ENTITLED = re.compile(ENTITLED)
"""What is promised to everyone entitled to it, of whom it is a share: 应保尽保."""
_CHANGE = re.compile(r"提高|提升|增加|下降|降低|减少|压减|压降|削减|缩小|高出|高于|增产|增收")
"""Words of a change, which make a growth of what is counted in percentage points, and may of a %."""
_TOTAL = re.compile(r"累计|总数")
_NUMBER = re.compile(r" ?[≥≤<>约]?\d[\d.,]*%? ?")
_IN_BRACKETS = re.compile(r"[\[［【〔][-－−]?[\d.]+[\]］】〕]?$")
"""How a cell prints the sum over all years: [22.3]."""
_CHANGES_BY = re.compile(r"(?:翻[^,，。;；]?番|减半|零增长)[^,，。;；\d]{0,4}$")
"""Words that say by how much something changes and hold the value themselves: 翻两番, 减半, 零增长."""
_SUBTOTAL = re.compile("小 *计")
_SERIAL = re.compile("序 ?号")
"""How the head of a table begins."""
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
        if meant and row["stage"] != meant and _named(row, row, "name"):  # else it is the quote that is wrong
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


# --- Names --------------------------------------------------------------------------------------------

MARKS = re.compile(r"[^\w%]|_")
"""What is no letter of a word."""
_OWN_REMARK = re.compile(r"\([^()]*原文[^()]*\)")
_STATISTICAL = re.compile(
    r"(?:的|村|占比|比例|比重|人数|增幅|幅度|面积|里程|长度|每户|项目|应用|镇|宗|数|率|速|比|对|到|获)*"
)
"""What a reader may add to the document's words to make the name of an indicator of them."""
_LEFT_OUT = set("全零应新的等和、")
"""Single letters that such a name may leave out: 全覆盖 becomes 覆盖率."""
_OF_EACH = re.compile("[^人户亩年月日]均[下增提降减上比较]")
"""化肥、农药使用量均下降: each of the names does."""
_NAME = re.compile(r"[^\W\d]{6}")
"""So many letters before a figure are a name, and not a verb alone: 达到80%."""
_CHECKED_WORDS = {"targets": ("indicator", "scope"), "baselines": ("indicator",), "projects": ("name",)}


def indicator_not_in_quote(world: World, plan: Package) -> Iterator[Hit]:
    """An indicator of which nothing is in its own quote is not that of another row of the clause, where the quote
    begins with a name of its own: two letters in a row say of whom it is."""
    for table in ("targets", "baselines"):
        of_clause: defaultdict[str, list[Row]] = defaultdict(list)
        for row in plan[table]:
            of_clause[row["clause_id"]].append(row)
        for row in plan[table]:
            beside = (each for each in of_clause[row["clause_id"]] if each is not row)
            if row["value"] is not None and not _named(row, row) and any(_swapped(row, each) for each in beside):
                yield at(plan.tables[table], row, "indicator", indicator=row["indicator"], quote=row["quote"])
    for row in plan["projects"]:
        if not _named(row, row, "name"):
            clause = plan.by_id("clauses").get(row["clause_id"], Row())
            wrong = "quote" if row["name"] and row["name"] in clause.get("text", "") else "name"
            yield at(plan.tables["projects"], row, wrong, indicator=row["name"], quote=row["quote"])


def indicator_twice(world: World, plan: Package) -> Iterator[Hit]:
    """Two targets of a clause, for one time and of one scope, are not called alike: where they are, the one whose quote
    has less of the name is another's.
    """
    first: dict[tuple[Any, ...], Row] = {}
    for row in plan["targets"]:
        names = ("clause_id", "indicator", "concept_id", "scope", "period_start", "period_end", "measure")
        other = first.setdefault(tuple(row[each] for each in names), row)
        if other is row or row["value"] is None or row["quote"] == other["quote"]:
            continue
        odd, right = (row, other) if _named(row, row) <= _named(other, other) else (other, row)
        if _of_another_name(odd):
            facts = {"indicator": odd["indicator"], "quote": odd["quote"], "clause": odd["clause_id"]}
            yield at(plan.tables["targets"], odd, "indicator", **facts, other=right["target_id"])


def indicator_apart(world: World, plan: Package) -> Iterator[Hit]:
    """The yearly figures of a row of a table are of one thing: none of its indicators is another's without its end."""
    rows: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    clauses = plan.by_id("clauses")
    for row in plan["targets"]:
        if CELL in clauses.get(row["clause_id"], Row(text=""))["text"]:
            rows[row["clause_id"], row["unit"], row["measure"], row["scope"]].append(row)
    for of in rows.values():
        for row in of:
            others = {each["indicator"] for each in of if each["period_end"] != row["period_end"]} - {row["indicator"]}
            longer = (each for each in sorted(others) if each.startswith(row["indicator"]))
            if whole := next((each for each in longer if each[len(row["indicator"])] not in "(（"), ""):
                yield at(plan.tables["targets"], row, "indicator", indicator=row["indicator"], meant=whole)


def _of_another_name(row: Row) -> bool:
    """Whether a row's quote has a name of which its indicator has half or less; a figure alone (年均20万亩) is of what
    stands before it.
    """
    words = "".join(_HAN.findall(folded(row["quote"]).removesuffix(row["unit"])))
    pairs = {words[place : place + 2] for place in range(len(words) - 1)}
    return len(words) >= LONG and sum(pair in row["indicator"] for pair in pairs) * 2 <= len(pairs)


_HAN = re.compile("[\u4e00-\u9fff]+")

LONG = 4
"""Letters of a quote, without its unit, that make a name."""


def _swapped(row: Row, other: Row) -> bool:
    """Whether a row's quote is that of another's indicator, or its indicator that of another's quote."""
    return _named(other, row) * 2 > 1 or (bool(_NAME.match(row["quote"])) and _named(row, other) * 2 > 1)


def _named(row: Row, other: Row, column: str = "indicator") -> float:
    """How much of a name, of its pairs of letters, is in the quote of a row."""
    words, quote = (MARKS.sub("", folded(each)) for each in (row[column], other["quote"]))
    pairs = {words[place : place + 2] for place in range(max(1, len(words) - 1))}
    return sum(pair in quote for pair in pairs) / len(pairs)


def words_not_in_clause(world: World, plan: Package) -> Iterator[Hit]:
    """An indicator, a scope, a project's name is made of the words of its clause and of the headings above it, none
    lost.
    """
    texts: dict[str, str] = {}
    for table, columns in _CHECKED_WORDS.items():
        for row in plan[table]:
            if row["clause_id"] not in texts:
                texts[row["clause_id"]] = folded(_text_and_above(plan, row["clause_id"]))
            for column in columns:
                if foreign := foreign_letters(folded(row[column]), texts[row["clause_id"]]):
                    facts = {"words": row[column], "foreign": foreign, "clause": row["clause_id"]}
                    yield at(plan.tables[table], row, column, **facts)


_OF_OTHER_COLUMNS = re.compile(
    r"(?<![0-9比较])20[0-9]{2}年(?!.*(?:相比|增幅|增长|提高|基础|下降|减少)|[底末]?(?:以?前|之前)建成的)|[(（](?:[%％‰]|[万亿]*[元吨亩人户斤]|[个家条名次])[)）]$"
)
"""What of an indicator stands in a column of its own: a year that is no base of comparison and tells no houses
apart (2005年底前建成的小区), a unit in brackets."""


def indicator_says_more(world: World, plan: Package) -> Iterator[Hit]:
    """An indicator is a name alone: its year, its unit and its scope have columns of their own."""
    for table in ("targets", "baselines"):
        for row in plan[table]:
            if more := _OF_OTHER_COLUMNS.search(row["indicator"]):
                yield at(plan.tables[table], row, "indicator", words=row["indicator"], more=more.group())
            elif row["value"] is not None and (own := _own_figure(world, row)):
                yield at(plan.tables[table], row, "indicator", words=row["indicator"], more=own)
            if row.get("scope") and row["scope"] == row["indicator"]:
                yield at(plan.tables[table], row, "scope", words=row["scope"], more=row["scope"])


_BOUND_BEHIND = re.compile("(?:及?以[上下内]|左右)?$")


def _own_figure(world: World, row: Row) -> str:
    """The figure of a row, with its unit, at the end of the name that it goes by; "" where the name has none there: one
    within is a threshold.
    """
    for each in figures(row["indicator"], world.unit_names):
        last = _BOUND_BEHIND.match(row["indicator"], each.end)
        if last and each.unit and each.unit == row["unit"] and each.value == row["value"]:
            return each.text
    return ""


_BEHIND_A_NAME = re.compile(
    "建设|打造|开发|创建|改造|改建|扩建|迁建|提升|整治|工程|项目|实施|落地|使用|运营|投[用运产入]|竣工|完工|开工|建成|通[车水航]|"
    "[等和及与的为在于并年前后到至达以按由将]|[0-9]"
)
"""How a sentence goes on behind the name of a project."""
_IN_PAIRS = re.compile("“[^“”]*”|\\([^()]*\\)|《[^《》]*》")
"""What a name may hold with marks in it."""


def project_name_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A project's name goes as far as the document's does and no further, and is that of one project."""
    clauses = plan.by_id("clauses")
    for row in (each for each in plan["projects"] if each["name"] and each["quote"]):
        text = clauses[row["clause_id"]]["text"] if row["clause_id"] in clauses else ""
        behind = text.partition(row["quote"])[1] and text[text.find(row["quote"]) :].partition(row["name"])[2]
        rest = re.split(r"[^\w]", behind, maxsplit=1)[0]
        several = "、" in _IN_PAIRS.sub("", folded(row["name"]))
        printed = row["name"] + rest if rest and not _BEHIND_A_NAME.match(rest) else _less(row["name"], text)
        if row["name"] == printed and (begun := _NUMBER_BEFORE.search(text.partition(row["name"])[0])):
            printed = begun[0] + row["name"]
        if several or printed != row["name"]:
            facts = {"name": row["name"], "printed": printed}
            yield at(plan.tables["projects"], row, "name", **facts)


_NUMBER_BEFORE = re.compile(r"(?:[A-Z]{1,2})?\d+(?:国道|省道|县道|号|期)$|(?<![A-Za-z])[A-Z]\d+$")
"""What the name of a road or a work begins with, and is not left out: 330国道大慈岩段改建工程."""


def _less(name: str, text: str) -> str:
    """A project's name without what a reader put before or behind it: words that the document does not print there, as
    it does of names in a list (城东、城南两大城市新区).
    """
    if name in text:
        return name
    for tail in _TAILS:
        stem = name.removesuffix(tail)
        if stem and stem != name and stem in text and tail not in re.split("[。;；]", text.partition(stem)[2])[0]:
            return stem
    cut = next((cut for cut in range(2, len(name) - 3) if name[cut:] in text), 0)
    if cut and name[:cut].endswith(tuple("省市县区镇乡村")) and name[:cut] not in text.partition(name[cut:])[0]:
        return name[cut:]
    return name


_TAILS = ("建设工程", "建设项目", "工程", "项目", "建设")
"""What is added to the name of a project in speech."""


def foreign_letters(words: str, text: str) -> str:
    """The letters of `words` that are in no pair of neighbours that `text` has, or that stand beside a letter lost."""
    for piece in MARKS.split(_OWN_REMARK.sub("", words)):
        pairs = [piece[place : place + 2] for place in range(len(piece) - 1)]
        known = [pair in text for pair in pairs]
        covered = {place for place, there in enumerate(known) if there for place in (place, place + 1)}
        for run in _runs(place for place in range(len(piece)) if place not in covered):
            left = piece[run[0] : run[-1] + 1]
            if not _STATISTICAL.fullmatch(left) and not (len(piece) == 1 and piece in text):
                return left
        for place, there in enumerate(known):
            if not there and {place, place + 1} <= covered and _one_lost(pairs[place], text):
                return pairs[place]
    return ""


def _one_lost(pair: str, text: str) -> bool:
    """Whether a text has a letter between two that stand together here."""
    lost = re.search(f"{re.escape(pair[0])}(\\D){re.escape(pair[1])}", text)
    return lost is not None and lost.group(1) not in _LEFT_OUT and not _OF_EACH.fullmatch(lost.group())


def _runs(places: Iterator[int]) -> Iterator[list[int]]:
    """Numbers in order, cut where one is missing."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _text_and_above(plan: Package, clause_id: str) -> str:
    """The letters of a clause, of the headings above it, and of a row's head."""
    clauses = plan.by_id("clauses")
    texts: list[str] = []
    if clause_id in clauses and CELL in clauses[clause_id]["text"]:
        beside = [row for row in plan["clauses"] if row["parent_id"] == clauses[clause_id]["parent_id"]]
        rows = [row["text"] for row in beside if CELL in row["text"]]
        heads = [each for each in rows if _SERIAL.match(each)] or _heads(rows, clauses[clause_id]["text"])
        texts += [MARKS.sub("", text) for head in heads for text in (head, _second_row(rows, head))]
        texts += _groups(rows, clauses[clause_id]["text"])
    while clause_id in clauses and len(texts) < len(clauses):
        texts.append(MARKS.sub("", clauses[clause_id]["text"]))
        clause_id = clauses[clause_id]["parent_id"]
    return " ".join(texts)


def _groups(rows: list[str], text: str) -> list[str]:
    """What a subtotal may be of: the first cells of the rows above it."""
    above = rows[: rows.index(text)] if _SUBTOTAL.search(text) else []
    return [MARKS.sub("", " ".join(row.split(CELL)[:2])) for row in above]


def _second_row(rows: list[str], head: str) -> str:
    """The row of a head below its first, which begins with an empty cell and holds no number alone; "" for none."""
    below = rows[rows.index(head) + 1 :][:1]
    cells = [folded(cell).strip() for cell in below[0].split(CELL)] if below else []
    second = len(cells) > 1 and len(cells) == len(head.split(CELL)) and not cells[0]
    return below[0] if second and not any(_NUMBER.fullmatch(cell) for cell in cells if cell) else ""


def _heads(rows: list[str], text: str) -> list[str]:
    """The first row of a table where no cell of it is a number, and so is the head of a row with several."""
    numbers = [sum(bool(_NUMBER.fullmatch(folded(cell))) for cell in row.split(CELL)) for row in (rows[0], text)]
    return rows[:1] if numbers[0] == 0 and numbers[-1] > 1 else []
