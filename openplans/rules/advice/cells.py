"""How a cell of the wrong form should be written, and what of a file or a line that is out of place should become.

Comes in: a Problem and the World. Goes out: what `fmt` would write, the number or the code that is meant.
"""

from __future__ import annotations

import calendar
import re
from decimal import Decimal
from difflib import get_close_matches

from openplans.mending.cells import AS_TEXT, NotMended, mended, shown_as_day
from openplans.packages.cells import NUMBER
from openplans.packages.files import OLD_OFFICE
from openplans.packages.link import World
from openplans.packages.read import Row
from openplans.packages.versions import numbers
from openplans.problems import Problem, rules
from openplans.rules.advice.ids import id_meant, next_id
from openplans.rules.advice.nearest import NONE, Advice
from openplans.rules.cell_to_mend import package_of, row_of, table_of
from openplans.rules.sources import day_of_address
from openplans.schema import contract
from openplans.schema.shapes import Field
from openplans.text import quantities
from openplans.text.numerals import SCALES, chinese


def not_accepted(problem: Problem, world: World) -> Advice:
    """What to do with a cell that sets no rule aside: the code that was meant, or that it holds a remark, or nothing
    that anybody wrote, as a date that a spreadsheet program made.
    """
    said = str(problem.facts["accepted"])
    if said in rules():
        return NONE
    if near := get_close_matches(said, rules(), n=1, cutoff=_MISTYPED):
        return f"最接近的规则代码是 {near[0]}。", f"The nearest code of a rule is {near[0]}."
    if _HAN.search(said):
        return "只是一句备注的，移到 note。", "Where it is a remark, it belongs into note."
    return "没有要核准的，就清空这一格。", "Where there is nothing to set aside, empty the cell."


_MISTYPED = 0.8
"""How alike a code and what was meant by it are (1: the same)."""

_HAN = re.compile("[\u4e00-\u9fff]")


def multiple(problem: Problem, world: World) -> Advice:
    """The factor of a unit that is called 万 or 亿 of another; the dimension of its base unit."""
    unit, base = problem.facts["unit"], world.units.get(problem.facts["base"])
    if problem.field == "dimension" and base:
        return f"“{base['unit']}”的量纲是 {base['dimension']}。", f"That of “{base['unit']}” is {base['dimension']}."
    plain = world.units.get(unit[1:])
    if problem.field != "factor" or unit[:1] not in SCALES or not plain or plain["factor"] is None:
        return NONE
    factor = f"{SCALES[unit[:1]] * plain['factor']:f}"
    return f"“{unit[1:]}”的系数是 {plain['factor']}，这里应为 {factor}。", f"Here it is {factor}."


def in_turn(problem: Problem, world: World) -> Advice:
    """Where a release belongs that is newer than all above it, and the number that comes next."""
    rows = world.project.registry["releases"]
    row = row_of(problem, world)
    above = next((each for each in rows if row and each.line == row.line - 1), None)
    if row and above and row == above:
        return "与上一行完全一样：删去一行。", "It is the row above again: remove one of them."
    if row and problem.field == "version" and above and numbers(row["version"]) > numbers(rows[0]["version"]):
        return "它是最新的版本：移到最上面。", "It is the newest version: move it to the top."
    if row and problem.field == "number" and above and above["version"] == row["version"]:
        return f"这里应为 {above['number'] + 1}。", f"Here it is {above['number'] + 1}."
    others = [each for each in rows if row and each["version"] == row["version"] and each is not row]
    if row and problem.field == "number" and others:
        last = others[-1]
        zh = f"{row['version']} 的各行在下面：移到第 {last.line} 行之后，number 写 {len(others) + 1}。"
        return zh, f"Move it behind line {last.line}, the last of {row['version']}; there it is {len(others) + 1}."
    return NONE


def in_another_language(problem: Problem, world: World) -> Advice:
    """The code of the language that an alias is in."""
    if problem.field != "language":
        return NONE
    code = "zh" if problem.facts["meant"] != "中文" else "en"
    return f"别名没错的，这一格改为 {code}。", f"Where the alias is right, the cell is {code}."


def workbook(problem: Problem, world: World) -> Advice:
    """What is to be done with a file of a program of its own: .et of WPS, .xls of old."""
    if problem.facts.get("name", "").lower().endswith((".et", ".numbers", ".wps")):
        return (
            "这种文件先在 WPS 或 Excel 里另存为 .xlsx，再运行 build.py fmt。",
            "Save this one as .xlsx in its own program first.",
        )
    if problem.facts.get("kind") == OLD_OFFICE:
        return "旧版的工作簿后缀是 .xls，不是 .xlsx。", "A workbook of the old kind ends with .xls and not .xlsx."
    return NONE


def as_written(problem: Problem, world: World) -> Advice:
    """What `fmt` makes of a cell of the wrong form, or why it may not."""
    package = package_of(problem, world)
    if not package:
        return NONE
    resources = contract.tables(package.kind).values()
    resource = next((each for each in resources if problem.file.endswith(f"/{each['path']}")), None)
    field = contract.fields(resource).get(problem.field) if resource else None
    if not field:
        return NONE
    row = row_of(problem, world) or Row()
    printed = str(day_of_address(row) or "") if problem.field == "published" else ""
    if printed.startswith(str(problem.facts["value"])):
        return f"网址里的日期是 {printed}。", f"The address has {printed}."
    if month := _ENGLISH_MONTH.fullmatch(str(problem.facts["value"])):
        meant = f"20{month[2]}-{_MONTHS.index(month[1].lower()) + 1:02}"
        return (
            f"多半是 {meant}，表格软件改了它的样子。",
            f"It is probably {meant}, which a spreadsheet program changed.",
        )
    if other := _in_anothers_cell(problem, world, field):
        return (
            f"{other} 一格里的才合乎这一列：多半这两格填反了，换过来。",
            f"What {other} has is of this column: the two cells were probably exchanged.",
        )
    if problem.field == "alias" and _LISTED.search(str(problem.facts["value"])):
        return "一格只写一个说法：写成几行，每行一个。", "A cell has one name: write a row for each."
    codes = [each["value"] for each in field.get("categories", ())]
    if problem.rule == "not-in-list" and (near := get_close_matches(str(problem.facts["value"]), codes, n=1)):
        return f"最接近的是 {near[0]}。", f"The nearest is {near[0]}."
    if "://" in str(problem.facts["value"]) and re.search(r"\s", str(problem.facts["value"])):
        return "网址中间有空格：从浏览器的地址栏重新复制。", "It has a blank inside: copy it anew from the browser."
    try:
        value = mended(problem.facts["value"], field)
    except NotMended as refused:
        return f"{refused.zh}。", f"{refused.en}."
    if value == problem.facts["value"] or not _fits(value, field) or id_meant(problem, world):
        in_units = "unit" in contract.fields(resource) and problem.field != "factor" if resource else False
        return (
            _counted(value, in_units)
            if problem.rule == "wrong-type"
            else _at_least(value, field) or next_id(problem, world)
        )
    return f"这里应写成“{value}”，build.py fmt 会改好。", f"Here it is “{value}”; build.py fmt mends it."


def unquoted(problem: Problem, world: World) -> Advice:
    """The text that was written as a formula, for a spreadsheet program to leave it as it is; that it is a link."""
    if str(problem.facts["value"]).upper().startswith(_LINK):
        return (
            "表格软件把网址存成了链接的公式：只写第一对引号里的网址。",
            "A spreadsheet program made the address a link: write what stands in the first quotes alone.",
        )
    found = AS_TEXT.fullmatch(str((row_of(problem, world) or Row()).get(problem.field) or problem.facts["value"]))
    if not found:
        return NONE
    return f"这里应写成“{found[1]}”，build.py fmt 会改好。", f"Here it is “{found[1]}”; build.py fmt mends it."


_LINK = "=HYPERLINK("
"""How a formula begins that is a link."""


def address_copied(problem: Problem, world: World) -> Advice:
    """That two sources with one address have other titles and publishers: one has the address of the other."""
    package = package_of(problem, world)
    sources = package.by_id("sources") if package else {}
    one, other = (sources.get(problem.facts[each]) for each in ("source", "other"))
    if not one or not other or any(one[each] == other[each] for each in ("title", "publisher")):
        return NONE
    return (
        "两行的标题和发布者都不同：多半其中一行的网址是从另一行复制来的，打开网页核对，换成它自己的网址。",
        "Their titles and publishers differ: one of them probably has the address of the other, and needs its own.",
    )


def year_shown(problem: Problem, world: World) -> Advice:
    """The year that a spreadsheet program shows as a day of long ago."""
    year = shown_as_day(str(problem.facts["value"]))
    return (f"{year.zh}。", f"{year.en}.") if year else NONE


def _fits(value: str, field: Field) -> bool:
    """Whether a value has the form of a column."""
    return re.fullmatch(field.get("constraints", {}).get("pattern", ".*"), value, re.DOTALL) is not None


def _in_anothers_cell(problem: Problem, world: World, field: Field) -> str:
    """The column of free text of a row that has an address, or a code, which a cell of the row should be."""
    row, table = row_of(problem, world) or Row(), table_of(problem, world)
    codes = {each["value"] for each in field.get("categories", ())}
    others = [name for name in table.columns if name != problem.field] if table else []
    if "://" in field.get("constraints", {}).get("pattern", ""):
        return next((name for name in others if str(row[name]).startswith(_ADDRESS)), "")
    return next((name for name in others if row[name] in codes), "")


def beside(problem: Problem, world: World) -> Advice:
    """The cell of the row that has the same text as one in which it cannot be: it was copied from there."""
    row, said = row_of(problem, world) or Row(), str(problem.facts.get("value", ""))
    others = [name for name, cell in row.items() if name != problem.field and cell == said]
    if len(said) < _NO_CHANCE or not others:
        return NONE
    return f"它写的是 {others[0]} 一格的内容。", f"It has what stands in {others[0]}."


_NO_CHANCE = 2
"""Letters of a cell, from which on another has the same by no chance."""

_ADDRESS = ("https://", "http://")

_MONTHS = tuple(map(str.lower, calendar.month_abbr))[1:]

_LISTED = re.compile("[、，,；;/]")
"""What parts names that stand in one cell."""

_ENGLISH_MONTH = re.compile(f"(?i)({'|'.join(_MONTHS)})-([0-9]{{2}})")
"""Sep-20, as Excel shows 2020-09."""


def _at_least(value: str, field: Field) -> Advice | None:
    """The smallest number that a cell may hold, where it holds a smaller one."""
    least = field.get("constraints", {}).get("minimum")
    if least is None or not re.fullmatch("-?[0-9]+", value) or int(value) >= least:
        return None
    return f"这一列的数从 {least:g} 起。", f"The numbers of this column begin with {least:g}."


_AROUND = re.compile(r"^[￥¥$约近超逾≥≤><=]+")
"""What is written before a number: a currency, a comparison, for which a row has columns of their own."""


_LIKE_DIGITS = str.maketrans("oOlI", "0011")
"""Letters that are typed for digits."""


def _counted(value: str, in_units: bool) -> Advice:
    """The number that a cell has in Chinese, or with its unit behind it; where a column has its unit, 1万 may be meant
    in a unit of 万.
    """
    value = _AROUND.sub("", value)
    digits = value.translate(_LIKE_DIGITS) if re.search("[0-9]", value) else value
    value = digits if NUMBER.fullmatch(digits) else value
    found = quantities.figures(value, ())
    alone = len(found) == 1 and found[0].start == 0 and not (in_units and found[0].magnitude > 1)
    whole = Decimal(value) if NUMBER.fullmatch(value) else None
    number = whole or chinese(value) or (found[0].value * found[0].magnitude if alone else None)
    if number is None:
        return NONE
    return f"这一格只写数：多半是 {number:f}。", f"The cell holds a number alone: probably {number:f}."
