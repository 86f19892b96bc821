"""A row of a table of targets -> what its cells state: the indicator's cell, one column for each year, a unit in the
head or in brackets.

Comes in: a table row and the rows before it. Goes out: what is stated, or None for a row of prose, which is read like a
paragraph. Columns are counted from the right, since a cell merged over rows is printed in its first row only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from openplans.drafting.proposing import months, naming, scaling
from openplans.drafting.proposing.heads import YEAR, cut
from openplans.drafting.proposing.reading import DUE_COLUMN, Reading
from openplans.packages.read import Row
from openplans.rules.organization_tables import is_of_organizations
from openplans.text.folding import folded
from openplans.text.numbering import SECOND, number_at
from openplans.text.quantities import Figure
from openplans.text.units import units_of

_NUMERIC = re.compile(
    r"(?:力争|确保|预计|原则上)?(?:新增|建成|完成|新建|改造)?(?:累计|约|近|[优好高低]于|超过?|突破|达到?|不[低高大小]于|不少于|不超过|[稳保维]?[持定]在|控制在|[提增扩降缩压减][高加大至低小减少]?[到至]"
    r"|[≥≤<>~=])? ?-?[0-9][0-9,.]*(?: ?[-—~至] ?[0-9][0-9.,]*)? ?(?:[%‰]"
    r"|[万亿千百]?[\u4e00-\u9fff/()]{0,6})?(?:以上|以下|以内|左右)?"
    r"(?:/[0-9][0-9,.]*[%\u4e00-\u9fff]{0,4})*|[-—/]|(?:持续|逐[年步])\S{2,6}"
)
_IN_BRACKETS = re.compile(r"[\[(〔【].*[\])〕】]")
_GROWS = re.compile("(?:五年|年均|年平均)?(?:增长率?|增速|增幅)")
_SUMS = re.compile("(?:[两三四五]年|规划期内?|期内)?累计")
_NOW = re.compile(
    "现状|基期|基数|实际|完成值|现有|当前|(?:推进|进展|完成|落实|实施)(?:情况|成效)|^(?:工作|最新|目前|当前)?进展$|^(?:最新|目前|当前)进度|进度情况"
)
_WORKS = re.compile("(?:项目|工程)名称|^(?:重点|重大)?(?:项目|工程)$")
_PROSE = re.compile("内容|规模|备注|做法|措施|要求|进展")
_AMOUNT = re.compile("投资|资金|金额|经费|规模|面积|长度|数量|工期")
_LASTS = re.compile("工期")
"""A head under which a span of time is what is stated: 24个月."""
_DEEDS = re.compile("任务|举措|措施|事项|内容|清单")
_NAMES = re.compile("指标|任务|项目|工程|事项|名称|措施")
_BY_THEN = re.compile(f"截?{YEAR.pattern}(?:[底末初](?:以?前)?)?的?")
"""What a head says of when: 截至2025年底累计完成投资."""
_SERIAL = re.compile("序 ?号|编 ?号")
_PLACES = re.compile(
    r"(?:各?(?:市|县|区|乡|镇|村|街道|社区|旗|州|盟|园区|开发区|农?场|林场|管理区|部门)[()、,/和]{0,2}){1,6}(?:名称?|单位)?$|(?:行政|所辖)村名?|地区$|区域$|单位名?称?$|村[(]"
)
"""The heads of a column of places: each row states of one of them what the other heads name."""
_ALL_OF_THEM = re.compile("[合总小共] *计|全[省市县区州旗镇乡]")
_SUM = re.compile("(?:全[省市县区州旗镇乡])?[合总小共] *计")
_SUBTOTAL = re.compile("小 *计|分类合计")
_SO_MANY = re.compile(r" ?\((?:共? ?[0-9]+ ?[个项宗件])\)$")
_KINDS = re.compile("类[别型]|领域|行业|板块|分类|专项|类$")
"""The head of a first column that groups works: 类别."""
_SHARES = re.compile("(?:率|占比|比[例重]|增[速幅])$")
_RATE_OF = re.compile("1? ?/ ?(?P<of>(?:10|100)?[万千])")
"""The unit of a rate: 1/10万."""
_UNITS = re.compile("(?:计量)?单位")
_POINTS = re.compile("分[值数]$|权重|得分|赋分|计分|满分|基[准础本]分")
"""The head of what a row counts in an assessment."""
_DAY = re.compile("(?:20[0-9]{2} ?年度?)?(?:[0-9]{1,2} ?月(?:[0-9]{1,2} ?日)?)?[底末]?(?:之?前)?")
_BRACKET = re.compile(r"\((?P<unit>[^()\s]{1,8}(?:\([^()\s]{1,8}\))?)\)$")


@dataclass(frozen=True)
class Stated:
    """A figure of a cell: what it counts, in which unit, for which year ("" without), and its quote's place.

    `past` where the head says that it is so already (2023年基期值), or names a year before the plan; `measure` where
    the head says it: 年均增速 and, for a figure in brackets, 累计; `scope` is the place that a row is about,
    and `there` says that it is about places; `months` are those of a column that is of a part of the year (一季度).
    """

    figure: Figure
    indicator: str
    unit: str
    year: str
    start: int
    end: int
    past: bool = False
    measure: str = ""
    scope: str = ""
    there: bool = False
    months: tuple[str, str] = ("", "")


def stated(reading: Reading, clause: Row) -> list[Stated] | None:
    """What the cells of a row state; None where it is a row of prose."""
    cells = cut(clause["text"])
    if reading.is_head(clause):
        return []
    if works(reading, clause):
        return _of_works(reading, clause)
    told = {place: name for name, place, _ in reading.under_heads(clause)}
    passed = re.compile(f"{_SERIAL.pattern}|{_POINTS.pattern}")
    cells = [cell for cell in cells if not (_is_serial(clause, cell) or passed.search(told.get(cell[0], "")))]
    values = [
        cell
        for cell in cells
        if _NUMERIC.fullmatch(_bare(cell[1])) and not (_is_date(told, cell) or _RATE_OF.fullmatch(cell[1]))
    ]
    if not values:
        return None
    named = [cell for cell in cells if cell[0] < values[0][0]]
    columns = reading.head(clause)
    units = [cell for cell in named if _UNITS.fullmatch(told.get(cell[0], "")) or _unit_column(reading, cell)]
    named = [cell for cell in named if cell not in units]
    if not named or any(len(cell[1]) > 60 and "。" in cell[1] for cell in named[-1:]):
        return None
    own_unit = _as_unit(reading, units[-1][1]) if units else ""  # 以农村为1 is none
    if place := _of_a_place(named, told):
        return [each for cell in values for each in _of_place(reading, clause, place, cell, told[cell[0]])]
    years = _under_years(reading, clause, values) or _years(columns, values, reading.start)
    parts = {cell[0]: months.of_head(told.get(cell[0], "")) for cell in values}
    found: list[Stated] = []
    for number, cell in enumerate(values):
        year, past = years[number] if number < len(years) else ("", False)
        of_cell = _of_cell(reading, clause, named[-1], cell, own_unit, year, past)
        of_cell = [replace(each, months=parts[cell[0]]) for each in of_cell]
        found += (_as_headed(each, told.get(cell[0], ""), cell[1], reading.end) for each in of_cell)
    return found


def is_day(cell: str) -> bool:
    """Whether a cell only says when: 11月底前, 2026年9月底."""
    return bool(_DAY.fullmatch(cell))


def _is_date(told: dict[int, str], cell: tuple[int, str]) -> bool:
    """Whether a cell only says by when: 11月底前, or 2025年底 under 完成时限."""
    return bool(is_day(cell[1]) or DUE_COLUMN.search(told.get(cell[0], "")))


def numbered(reading: Reading, clause: Row) -> bool:
    """Whether a row has a number of its own under 序号, behind a cell that is merged over several rows."""
    return any(_SERIAL.search(head) and cell for head, _, cell in reading.under_heads(clause))


def _of_a_place(named: list[tuple[int, str]], told: dict[int, str]) -> tuple[int, str] | None:
    """The cell of the place that a row is about, where nothing else names what its figures count."""
    others = [cell for cell in named if not _PLACES.match(told.get(cell[0], ""))]
    return named[-1] if not others and told else None


def _of_place(reading: Reading, clause: Row, place: tuple[int, str], cell: tuple[int, str], head: str) -> list[Stated]:
    """What a row about a place states under a head that names an indicator: 蕉城区　31500 under 收入(元)."""
    year, past, words = _headed(head, reading.start)
    scope = "" if _ALL_OF_THEM.match(place[1]) else place[1]
    found = _of_cell(reading, clause, (place[0], words), cell, "", year, past)
    return [replace(each, scope=scope, there=True) for each in found]


def _headed(head: str, start: str) -> tuple[str, bool, str]:
    """The year that a head names ("" for none), whether it is past, and what the head says besides."""
    year = YEAR.search(head)
    past = bool(_NOW.search(head) or (year and year[1] < start))
    return year[1] if year else "", past, _BY_THEN.sub("", head, count=1) if year else head


def is_past(head: str, start: str) -> bool:
    """Whether what stands under a head is so already."""
    return _headed(head, start)[1]


def _bare(cell: str) -> str:
    """What a cell holds, out of the brackets that mark a sum over all years: [8]."""
    return cell[1:-1].strip() if _IN_BRACKETS.fullmatch(cell) else cell


def works(reading: Reading, clause: Row) -> str:
    """The name of the work that a row of a list of projects is about; "" for a row of another table."""
    columns = reading.under_heads(clause)
    if not any(_WORKS.search(name) for name, _, _ in columns):
        return ""
    prose = any(_PROSE.search(name) or _AMOUNT.search(name) for name, _, _ in columns)
    named = next((cell for name, _, cell in columns if _WORKS.search(name)), "")
    return (named or _sum_of(clause)) if prose else ""


def _sum_of(clause: Row) -> str:
    """The cell that says that a row is a sum, wherever it stands."""
    return next((cell for _, cell in cut(clause["text"])[:2] if _SUM.match(cell)), "")


def is_sum(name: str) -> bool:
    """Whether a row is the sum of others: 合计(3个项目)."""
    return bool(_SUM.match(name))


def is_group(reading: Reading, clause: Row) -> bool:
    """Whether a row of a list of works only heads those below it: 一　水利, 二　交通(5个)."""
    number = number_at(folded(clause["number"]) + "、") if clause["number"] else None
    grouped = number is not None and number.level <= SECOND and not clause["number"].isdigit()
    return grouped or bool(_SO_MANY.search(works(reading, clause)))


def _group_of(reading: Reading, clause: Row) -> str:
    """What a subtotal sums: the row that heads its group, or the cell of the first column that is merged over it."""
    rows = reading.rows_before(clause)
    head = reading.head(clause)[:1]
    for each in reversed(rows):
        if is_group(reading, each):
            return _SO_MANY.sub("", works(reading, each))
        first = next((cell for _, _, cell in reading.under_heads(each)[:1]), "")
        if head and _KINDS.search(head[0]) and first and not _SUM.match(first):
            return first
    return ""


def title(reading: Reading, clause: Row) -> str:
    """What the row of a table is about: the cell under 任务, 指标 or 项目名称; "" where the head says it of none."""
    columns = [each for each in reading.under_heads(clause) if not re.search("序号|类[型别]|属性|目标|单位", each[0])]
    told = [each for each in columns if _NAMES.search(each[0]) and not _PROSE.search(each[0])]
    merged = reading.merged_heads(clause)
    named = bool(told) and bool(_WORKS.search(told[0][0])) and told[0][2]  # the first row of a project is called by it
    if told and told[0][0] in merged and not named:  # each of several rows says more of it: 工作任务|具体举措
        own = [each for each in columns if _DEEDS.search(each[0]) and each[0] not in merged and each[2]]
        told = own[:1] or told
    return next((str(clause["text"][place : place + len(cell)]) for _, place, cell in told), "")


def beside(reading: Reading, clause: Row) -> list[str]:
    """The cells that only say of which kind a row is, its number, and who answers: 民生保障 under 类别, 7 under
    序号.
    """
    columns = list(enumerate(reading.under_heads(clause)))
    return [
        cell
        for place, (head, _, cell) in columns
        if _SERIAL.search(head) or (not place and _KINDS.match(head)) or is_of_organizations(head)
    ]


def merged(reading: Reading, clause: Row) -> list[str]:
    """The first cells of a row that are merged over others: the group that the row is one of."""
    heads = reading.merged_heads(clause)
    columns = takewhile(lambda each: each[0] in heads, reading.under_heads(clause))
    return [cell for _, _, cell in columns]


def _of_works(reading: Reading, clause: Row) -> list[Stated] | None:
    """The amounts of a work whose unit the head gives (总投资(万元)); what its cells say in prose is read elsewhere."""
    found: list[Stated] = []
    columns = reading.under_heads(clause)
    work = works(reading, clause)
    start = folded(clause["text"]).index(work)
    name = clause["text"][start : start + len(_SO_MANY.sub("", work))]
    if _SUBTOTAL.match(name):
        name = _group_of(reading, clause) + name
    for head, place, cell in columns:
        if not _AMOUNT.search(head) or not _NUMERIC.fullmatch(cell):
            continue
        year, past, words = _headed(head, reading.start)
        for each in _of_cell(reading, clause, (start, words), (place, cell), "", year, past):
            found.append(replace(each, indicator=f"{name}{each.indicator}"))
    return found


def _is_serial(clause: Row, cell: tuple[int, str]) -> bool:
    return (
        bool(clause["number"])
        and cell[1] == folded(clause["number"])
        and cell[0] == clause["text"].find(clause["number"])
    )


def _unit_column(reading: Reading, cell: tuple[int, str]) -> bool:
    """Whether a cell holds nothing but a unit of measure, with its scale: 万亩, 亿立方米."""
    return bool(_as_unit(reading, cell[1]))


def _as_unit(reading: Reading, words: str) -> str:
    """The unit that words are, and nothing else; 1/10万 is the unit of 12/10万. "" where they are more."""
    if rate := _RATE_OF.fullmatch(words):
        return f"/{rate['of']}"
    known = units_of(reading.world.unit_names)
    return words if any(known.unit(each, 0)[0] == len(each) > 0 for each in (words, words.lstrip("十百千万亿"))) else ""


def _under_years(reading: Reading, clause: Row, values: list[tuple[int, str]]) -> list[tuple[str, bool]]:
    """(year, whether it is past) of each value by the head that it stands under; none where cells are merged."""
    heads = {place: name for name, place, _ in reading.under_heads(clause)}
    if not any(YEAR.search(heads.get(place, "")) for place, _ in values):
        return []
    found = ((YEAR.search(name), _NOW.search(name)) for name in (heads.get(place, "") for place, _ in values))
    return [(year[1] if year else "", bool(now or (year and year[1] < reading.start))) for year, now in found]


def _as_headed(each: Stated, head: str, cell: str, end: str) -> Stated:
    """A figure under 年均增速[累计]: a rate of growth, or in brackets a sum over all years."""
    if cell.startswith("累计"):
        return replace(each, measure="cumulative")
    if _SUMS.match(head):
        return replace(each, measure="cumulative", year=end)
    if not (grows := _GROWS.match(head)):
        return each
    if _IN_BRACKETS.fullmatch(cell):
        unit = "个百分点" if each.unit == "%" else each.unit
        return replace(each, unit=unit, measure="cumulative", year=end)
    return replace(each, indicator=each.indicator + grows.group(), unit="%", measure="growth", year=end)


def _years(head: list[str], values: list[tuple[int, str]], start: str) -> list[tuple[str, bool]]:
    """(year, whether it is past) of each value: the columns that name one, as many as values, from the right."""
    dated: list[tuple[str, bool]] = []
    for cell in head:
        found = YEAR.search(cell)
        if found or _NOW.search(cell):
            past = bool(_NOW.search(cell)) or bool(found and found[1] < start)
            dated.append((found[1] if found else "", past))
    if len(dated) == len(values):
        return dated
    years = [each for each in dated if not each[1]]
    return years[-len(values) :] if len(values) <= len(years) else []


def _of_cell(
    reading: Reading, clause: Row, name: tuple[int, str], cell: tuple[int, str], unit: str, year: str, past: bool
) -> list[Stated]:
    """What one cell states: a figure, or one for each of several indicators (30/10)."""
    end = cell[0] + len(cell[1])
    inside = [each for each in reading.figures(clause) if cell[0] <= each.start < end]
    inside = [each for each in inside if not each.is_time or (each.kind == "time" and _LASTS.search(name[1]))]
    names = _each_named(name[1], len(inside))
    found = []
    shared = _named(reading, name[1], bare=not unit)[1]
    for figure, words in zip(inside, names, strict=True):
        indicator, told = _named(reading, words, bare=not unit)
        printed = scaling.unit(figure) or unit or told or shared or _over_the_table(reading, clause, cell[0], words)
        own = naming.per(printed, words) or ("比值" if re.search("倍差|收入比|比值|[值量额数]比$", words) else "")
        stop = _quote_end(clause["text"], figure, end)
        found.append(Stated(figure, indicator, own, year, name[0], stop, past))
    return found


def _each_named(name: str, figures: int) -> list[str]:
    """The name of each figure of a cell such as 30/10: 农庄/农创客, or one with the unit of each, 老旧小区(个/户)."""
    if (units := _UNITS_OF_EACH.search(name)) and units["units"].count("/") + 1 == figures > 1:
        return [f"{name[: units.start()]}({unit})" for unit in units["units"].split("/")]
    names = name.split("/") if figures > 1 else [name]
    return names if len(names) == figures else [name] * figures


_UNITS_OF_EACH = re.compile(r"\((?P<units>[^()/]{1,5}(?:/[^()/]{1,5})+)\)$")
_COUNTED_IN = {
    "元": re.compile("收入|投资|资金|产值|税|预算|金额|保费|销售|利润|消费|补助|贷款"),
    "亩": re.compile("面积|种植|播种|基地|耕地|农田|造林|抚育|园$"),
    "公顷": re.compile("面积|种植|播种|基地|造林|抚育"),
    "吨": re.compile("产量|总产|产能|供应量"),
    "公里": re.compile("道|路|管网|里程|长度|沟渠"),
    "人": re.compile("就业|务工|培训|人[口数员次]|劳动力"),
    "%": re.compile("[率占比]|比[例重]|增[速幅]"),
}
"""Which heads a unit fits that stands over a table with others: 单位:万亩、家、万元."""


def _over_the_table(reading: Reading, clause: Row, place: int, words: str) -> str:
    """The unit that a line over the table gives a column: the only one, the one in its place where there are as many as
    columns of numbers, or the one whose kind its head names.
    """
    units = reading.units_over(clause)
    if len(units) < 2:
        return units[0] if units and not _SHARES.search(words) else ""
    numbers = [cell for cell in cut(clause["text"]) if _NUMERIC.fullmatch(_bare(cell[1]))]
    if len(numbers) == len(units):
        return units[[at for at, _ in numbers].index(place)]
    fitting = [
        each for each in units for kind, heads in _COUNTED_IN.items() if each.endswith(kind) and heads.search(words)
    ]
    if fitting:
        return fitting[0]
    others = [each for each in units if not each.endswith(tuple(_COUNTED_IN))]
    return others[0] if len(others) == 1 else ""


def _quote_end(text: str, figure: Figure, end: int) -> int:
    """Behind the figure, and behind 以上 where that follows in the cell."""
    tail = re.compile("以上|以下|以内|左右").match(text, figure.end)
    return min(tail.end() if tail else figure.end, end)


def without_unit(reading: Reading, words: str) -> str:
    """The words of a cell without the unit that they end with in brackets: 年均浓度(微克/立方米)."""
    found = _BRACKET.search(folded(words))
    return words[: found.start()] if found and _named(reading, folded(words), bare=False)[1] else words


def _named(reading: Reading, words: str, bare: bool) -> tuple[str, str]:
    """The indicator of a cell and the unit that it ends with: in brackets, or `bare` (年产值亿元)."""
    known = units_of(reading.world.unit_names)
    bracket = _BRACKET.search(words)
    if bracket and (unit := _as_unit(reading, bracket["unit"])):
        return naming.indicator(words[: bracket.start()]), unit
    for size in range(min(5, len(words) - 2), 0, -1) if bare else ():
        end, unit = known.unit(words, len(words) - size)
        if unit and end == len(words) and unit in reading.world.units and (size > 1 or unit == "%"):
            return naming.indicator(words[:-size]), unit
    return naming.indicator(words), ""
