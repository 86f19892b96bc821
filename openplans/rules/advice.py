"""What more a message can say: the nearest registered name, the character that differs, how the cell should be written.

Comes in: a Problem and the World. Goes out: the Problem with a sentence more on how to mend it, where there is one to
say. Apart, so that a check yields facts only.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from openplans.mending.cells import NotMended, mended
from openplans.packages.files import OLD_OFFICE
from openplans.packages.link import World
from openplans.packages.read import Package, Row, Table
from openplans.packages.versions import numbers
from openplans.problems import Problem
from openplans.rules.cell_to_mend import each_others, elsewhere, moved, named_in_clause, package_of, row_of, table_of
from openplans.rules.lead import passages
from openplans.rules.quotes import squeezed
from openplans.schema import contract
from openplans.schema.shapes import Field
from openplans.text import quantities
from openplans.text.likeness import NEAR, difference, looking_like, looks, nearest
from openplans.text.numerals import SCALES, chinese

Advice = tuple[str, str]
"""A sentence in Chinese and in English."""

_NONE: Advice = ("", "")

MOST_OFFERED = 3
"""Ids of one name that are told."""

_MAY_BE_EMPTY = ("updates", "baselines", "projects", "attachments")
"""The tables that may have no row yet, from which the letter of their ids could be told."""


def advised(problem: Problem, world: World) -> Problem:
    """A problem at the cell that is to be mended, with what else can be said of how to mend it."""
    problem = moved(problem, world)
    zh, en = _ADVICE.get(problem.rule, _no_advice)(problem, world)
    return problem.advised(zh, en) if zh else problem


_BETWEEN_MARKS = re.compile(r"[\s,，.。;；:：、()（）\[\]]+")
"""What parts the words of a clause."""


def _no_advice(problem: Problem, world: World) -> Advice:
    return _NONE


def _offered(value: str, names: dict[str, str]) -> Advice:
    """The nearest of some ids, each with its name; the difference where one looks the same."""
    by_name = {name: key for key, name in names.items()}
    keys = tuple(key for key in names if looks(key) == looks(value)) or nearest(value, names)
    keys = keys or tuple(by_name[name] for name in nearest(value, by_name))
    if value in by_name:
        keys = tuple(key for key, name in names.items() if name == value)[:MOST_OFFERED]
    if not keys:
        return _NONE
    zh, en = difference(value, keys[0])
    shown = [f"{key}（{names[key]}）" if names[key] not in ("", key) else key for key in keys]
    return f"最接近的是：{'、'.join(shown)}。{zh}", f"The nearest: {', '.join(keys)}. {en}".strip()


def _registered(problem: Problem, world: World) -> Advice:
    rows = world.project.registry.tables.get(problem.facts["registry"])
    names = {row[rows.columns[0]]: row.get("name_zh", "") for row in rows.rows} if rows else {}
    return _offered(problem.facts["value"], names)


def _subject(problem: Problem, world: World) -> Advice:
    subjects = {row["subject"] for row in world.concepts.values()} - {"", problem.facts["value"]}
    return _offered(problem.facts["value"], dict.fromkeys(subjects, ""))


def _term(problem: Problem, world: World) -> Advice:
    """The name of a plan that is most like a term that none has."""
    cells = (("targets", "indicator"), ("targets", "scope"), ("projects", "name"))
    said = {row[column] for plan in world.project.plans for name, column in cells for row in plan.tables[name].rows}
    return _offered(problem.facts["term"], dict.fromkeys(said - world.terms.keys(), ""))


def _second_theme(problem: Problem, world: World) -> Advice:
    """The theme that words speak of nearly as much."""
    if not (second := problem.facts["second"]):
        return _NONE
    return f"也可能是 {second}（{world.themes[second]['name_zh']}）。", f"It may be {second}, too."


def _full_name(problem: Problem, world: World) -> Advice:
    """The full name of a region as a plan of its own prints it, or as an alias has it."""
    row, short = row_of(problem, world), problem.facts["name"]
    full = [f"{short}{word}" for word in problem.facts["words"].split("、")]
    code = row["region_code"] if row else ""
    texts = [plan.source for plan in world.project.plans if plan.descriptor.get("region_code") == code]
    aliases = {
        each["alias"] for each in world.project.registry["aliases"] if (each["kind"], each["id"]) == ("region", code)
    }
    found = [name for name in full if name in aliases or any(name in text for text in texts)]
    if not found:
        return _NONE
    return f"它的全称是“{found[0]}”。", f"Its full name is “{found[0]}”."


def _aliased(problem: Problem, world: World) -> Advice:
    rows = world.project.registry.tables.get(f"{problem.facts['kind']}s")
    names = {row[rows.columns[0]]: row.get("name_zh", "") for row in rows.rows} if rows else {}
    return _offered(problem.facts["id"], names)


def _unit(problem: Problem, world: World) -> Advice:
    """The unit that the quote prints behind the value; else the nearest registered ones."""
    row = row_of(problem, world)
    printed = quantities.figures(row.get("quote", ""), world.unit_names) if row else ()
    units = {each.unit for each in printed if row and each.value == row.get("value")} & set(world.units)
    if len(units) == 1:
        [unit] = units
        return f"引文里这个数的单位是“{unit}”。", f"The unit of this figure in the quote is “{unit}”."
    return _registered(problem, world)


def _referred(problem: Problem, world: World) -> Advice:
    package = package_of(problem, world)
    for plan in world.project.plans:
        if (
            plan is not package
            and problem.facts["to"] in plan.tables
            and problem.facts["value"] in plan.by_id(problem.facts["to"])
        ):
            return (
                f"这是 {plan.id} 的编号：这一行若是说它的，移到那份计划的表里，编号也照那里取。",
                f"It is an id of {plan.id}: where the row is about that, it belongs into the table of that plan.",
            )
    if package and (there := _of_another_table(package, problem.facts["value"])):
        return (
            f"这是 {there}.csv 的编号：写到指向那张表的一列里。",
            f"It is an id of {there}.csv: it belongs into the column that leads there.",
        )
    rows = package.tables.get(problem.facts["to"]) if package else None
    called = ("title", "name_zh", "indicator", "name")
    names = {row[rows.columns[0]]: next(filter(None, map(row.get, called)), "") for row in rows.rows} if rows else {}
    short = problem.facts["value"].isascii()  # an id, else what a row is called
    return _offered(problem.facts["value"], {key: name[:12] if short else name for key, name in names.items() if key})


def _left_out(problem: Problem, world: World) -> Advice:
    """That a cell of the row is missing, so that what should be here stands a cell to the left; else the next id."""
    row, table, package = row_of(problem, world), table_of(problem, world), package_of(problem, world)
    column = table.columns.index(problem.field) if table and problem.field in table.columns else 0
    if not row or not table or not package or not column:
        return _next_id(problem, world)
    field = contract.fields(contract.tables(package.kind)[table.name])[problem.field]
    registry = world.project.registry.tables.get(field.get("refersTo", {}).get("resource", ""))
    keys = {each[registry.columns[0]] for each in registry.rows} if registry else set[str]()
    codes = {each["value"] for each in field.get("categories", ())}
    before = table.columns[column - 1]
    if row[before] not in keys | codes:
        return _next_id(problem, world)
    return (
        f"这一格的内容写在了左边一格（{before}）：这一行多半少了一格，后面的各格都左移了，补上少的那一格。",
        f"What belongs here stands in {before}: a cell of the row is missing, and the others moved to the left.",
    )


def _of_another_table(package: Package, value: str) -> str:
    """The table of a package that has a row of an id; "" where none has."""
    own = (name for name in contract.LETTERS if name in package.tables)
    return next((name for name in own if value in package.by_id(name)), "")


def _next_id(problem: Problem, world: World) -> Advice:
    """The next id that no row has, where the own id of a row is what is wrong."""
    package = package_of(problem, world)
    table = table_of(problem, world)
    if not package or not table or problem.field != table.columns[0] or package.kind == "registry":
        return _NONE
    form = re.compile(f"({re.escape(package.id)}-[a-z])([0-9]+)" if package.kind == "plan" else "([a-z])([0-9]+)")
    ids = [str(row[problem.field]) for row in table.rows if row.line != problem.line]
    start = next((found[1] for each in ids if (found := form.fullmatch(each))), _start(package, table))
    retired = package.tables["retired"].rows if "retired" in package.tables else []
    taken = [
        found[2]
        for each in (*ids, *(row["id"] for row in retired))
        if (found := form.fullmatch(each)) and found[1] == start
    ]
    free = f"{start}{max(map(int, taken), default=0) + 1:0{len(taken[0]) if taken else 3}}"
    return (f"没有用过的下一个编号是 {free}。", f"The next free id is {free}.") if start else _NONE


def _start(package: Package, table: Table) -> str:
    """How the ids begin of a table of a plan that has no row yet; "" where nobody knows."""
    return f"{package.id}-{contract.LETTERS[table.name]}" if table.name in _MAY_BE_EMPTY else ""


def _named(problem: Problem, world: World) -> Advice:
    chain = world.region_chain(problem.facts["region"])
    known = {
        name: next(iter(sorted(world.names[code, name]))) for code in chain for name in world.names_of.get(code, ())
    }
    return _offered(problem.facts["name"], known)


def _said_nearly(problem: Problem, world: World) -> Advice:
    """The words of the row's clause, from a mark to a mark, that are most like what the row calls a thing."""
    from rapidfuzz import fuzz, process

    row, package = row_of(problem, world), package_of(problem, world)
    clause = package.by_id("clauses").get(row.get("clause_id", "")) if row and package else None
    said = str(row[problem.field]) if row and problem.field else ""
    pieces = [each for each in _BETWEEN_MARKS.split(clause["text"]) if each and each != said] if clause else []
    found = process.extractOne(said, pieces, scorer=fuzz.ratio, score_cutoff=NEAR) if said else None
    if found:
        return f"条款里最接近的是“{found[0]}”。", f"The nearest in the clause is “{found[0]}”."
    return _nearly(said, clause["text"]) if clause and said not in clause["text"] else _NONE


_BETWEEN_UNITS = re.compile(r"[、,，;；/\s]+")


def _end_missing(problem: Problem, world: World) -> Advice:
    """That the last clauses are gone, as from a table that was saved by half."""
    if problem.facts["clause"] != "-":
        return _NONE
    return (
        "这是 source.txt 末尾的文字，没有条款写它：表多半在末尾被截断了，恢复那几行。",
        "No clause has the end of source.txt: the table was probably cut off; bring its last rows back.",
    )


def _without_blanks(problem: Problem, world: World) -> Advice:
    """The name of a region that its plan prints without the blanks that were put into it."""
    name = squeezed(problem.facts["value"])
    plan = next((each for each in world.project.plans if each.id == problem.facts["where"]), None)
    if not plan or name == problem.facts["value"] or name not in plan.source:
        return _NONE
    return f"文件里写的是“{name}”，中间没有空格。", f"The document has “{name}”, without blanks."


def _multiple(problem: Problem, world: World) -> Advice:
    """The factor of a unit that is called 万 or 亿 of another."""
    unit = problem.facts["unit"]
    plain = world.units.get(unit[1:])
    if problem.field != "factor" or unit[:1] not in SCALES or not plain or plain["factor"] is None:
        return _NONE
    factor = f"{SCALES[unit[:1]] * plain['factor']:f}"
    return f"“{unit[1:]}”的系数是 {plain['factor']}，这里应为 {factor}。", f"Here it is {factor}."


def _in_turn(problem: Problem, world: World) -> Advice:
    """Where a release belongs that is newer than all above it, and the number that comes next."""
    rows = world.project.registry["releases"]
    row = row_of(problem, world)
    above = next((each for each in rows if row and each.line == row.line - 1), None)
    if row and problem.field == "version" and above and numbers(row["version"]) > numbers(rows[0]["version"]):
        return "它是最新的版本：移到最上面。", "It is the newest version: move it to the top."
    if row and problem.field == "number" and above and above["version"] == row["version"]:
        return f"这里应为 {above['number'] + 1}。", f"Here it is {above['number'] + 1}."
    others = [each for each in rows if row and each["version"] == row["version"] and each is not row]
    if row and problem.field == "number" and others:
        last = others[-1]
        zh = f"{row['version']} 的各行在下面：移到第 {last.line} 行之后，number 写 {len(others) + 1}。"
        return zh, f"Move it behind line {last.line}, the last of {row['version']}; there it is {len(others) + 1}."
    return _NONE


def _copied(problem: Problem, world: World) -> Advice:
    """That a folder is a copy of the plan whose id it has."""
    if problem.facts["value"] not in {plan.folder.name for plan in world.project.plans}:
        return _NONE
    return (
        f"{problem.facts['value']} 这个文件夹也在：若是它的副本，就整个删去。",
        f"There is a folder {problem.facts['value']}, too: where this one is a copy of it, remove it.",
    )


def _spelt(problem: Problem, world: World) -> Advice:
    """How the document spells the unit that a row names, where it has another of its registered names; that a cell
    names several.
    """
    known = {name for code in world.region_chain(problem.facts["region"]) for name in world.names_of.get(code, ())}
    parts = [part for part in _BETWEEN_UNITS.split(problem.facts["name"]) if part]
    if len(parts) > 1 and known.issuperset(parts):
        return (
            f"这一格写了 {len(parts)} 个单位：拆成 {len(parts)} 行，每行一个，名次接着排。",
            f"The cell names {len(parts)} units: make it as many rows.",
        )
    row, package = row_of(problem, world), package_of(problem, world)
    if row and package and "task_id" in row and (task := package.by_id("tasks").get(row["task_id"])):
        text = "".join(passages(package, task["task_id"]))
        names = [
            each["name"] for each in world.project.registry["organization_names"] if each["org_id"] == row["org_id"]
        ]
        if printed := next((each for each in sorted(names, key=len, reverse=True) if squeezed(each) in text), ""):
            return (
                f"文件这里写的是“{printed}”，照写就行，不必登记。",
                f"The document has “{printed}” here: write that, and register nothing.",
            )
    return _named(problem, world)


def _first_stated(problem: Problem, world: World) -> Advice:
    """The row that states a promise first, at the end of a chain of restatements."""
    package = package_of(problem, world)
    targets = package.by_id("targets") if package else {}
    seen = [str(problem.facts["first"])]
    while (row := targets.get(seen[-1])) and row["restates"] and row["restates"] not in seen:
        seen.append(row["restates"])
    if not row or row["restates"] or seen[-1] == problem.facts["id"]:
        return _NONE
    return f"这一串最先的一行是 {seen[-1]}。", f"The first row of this chain is {seen[-1]}."


def _in_another_language(problem: Problem, world: World) -> Advice:
    """The code of the language that an alias is in."""
    if problem.field != "language":
        return _NONE
    code = "zh" if problem.facts["meant"] != "中文" else "en"
    return f"别名没错的，这一格改为 {code}。", f"Where the alias is right, the cell is {code}."


def _of_another_kind(problem: Problem, world: World) -> Advice:
    """The kind of thing that has the id of an alias, where it is another; the alias itself; else the nearest ids."""
    kinds = {
        "concept": world.concepts,
        "organization": world.organizations,
        "theme": world.themes,
        "region": world.regions,
    }
    if kind := next((name for name, there in kinds.items() if problem.facts["id"] in there), ""):
        return f"有这个编号的是 {kind}：把 kind 改为 {kind}。", f"The id is one of a {kind}: make that the kind."
    if problem.facts["alias"] in kinds.get(problem.facts["kind"], ()):
        return "id 和 alias 两格填反了，换过来。", "id and alias were exchanged: exchange them again."
    return _aliased(problem, world)


def _workbook(problem: Problem, world: World) -> Advice:
    """What is to be done with a file of a program of its own: .et of WPS, .xls of old."""
    if problem.facts.get("name", "").lower().endswith((".et", ".numbers", ".wps")):
        return (
            "这种文件先在 WPS 或 Excel 里另存为 .xlsx，再运行 build.py fmt。",
            "Save this one as .xlsx in its own program first.",
        )
    if problem.facts.get("kind") == OLD_OFFICE:
        return "旧版的工作簿后缀是 .xls，不是 .xlsx。", "A workbook of the old kind ends with .xls and not .xlsx."
    return _NONE


def _quoted(problem: Problem, world: World) -> Advice:
    """Where a quote that is not in its clause nearly is, and which character keeps it from being there."""
    package = package_of(problem, world)
    clause = package.by_id("clauses").get(problem.facts["clause"]) if package else None
    quote = problem.facts["quote"]
    if not clause or not package:
        return _NONE
    if piece := looking_like(quote, clause["text"]):
        return difference(quote, piece)
    row = row_of(problem, world) or Row()
    if row.get("other_quote") and row["quote"] == quote and each_others(row, clause, package):
        return (
            "quote 和 other_quote 两格填反了：各自在对方的条款里，换过来。",
            "quote and other_quote were exchanged: each is in the other's clause.",
        )
    if other := _exchanged_within(problem, world, clause["text"]):
        return (
            f"{other} 一格里的才在条款里：多半这两格填反了，换过来。",
            f"What {other} has is in the clause: the two cells were probably exchanged.",
        )
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
    return _nearly(quote, clause["text"])


def _exchanged_within(problem: Problem, world: World, text: str) -> str:
    """The column of a row whose cell is a piece of its clause, where what should be one is none."""
    row = row_of(problem, world) or Row()
    return next((name for name in ("note", "comment_zh") if len(row.get(name, "")) > 3 and row[name] in text), "")


def _nearly(quote: str, text: str) -> Advice:
    """The piece of a clause that is most like a quote."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(quote, text)
    if not found or found.score < NEAR or len(quote) > len(text):
        return _NONE
    piece = text[found.dest_start : found.dest_end]
    return f"条款里最接近的是“{piece}”。", f"The nearest in the clause is “{piece}”."


def _as_written(problem: Problem, world: World) -> Advice:
    """What `fmt` makes of a cell of the wrong form, or why it may not."""
    package = package_of(problem, world)
    if not package:
        return _NONE
    resources = contract.tables(package.kind).values()
    resource = next((each for each in resources if problem.file.endswith(f"/{each['path']}")), None)
    field = contract.fields(resource).get(problem.field) if resource else None
    if not field:
        return _NONE
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
    if "://" in str(problem.facts["value"]) and re.search(r"\s", str(problem.facts["value"])):
        return "网址中间有空格：从浏览器的地址栏重新复制。", "It has a blank inside: copy it anew from the browser."
    try:
        value = mended(problem.facts["value"], field)
    except NotMended as refused:
        return f"{refused.zh}。", f"{refused.en}."
    if value == problem.facts["value"]:
        in_units = "unit" in contract.fields(resource) and problem.field != "factor" if resource else False
        return (
            _counted(value, in_units)
            if problem.rule == "wrong-type"
            else _at_least(value, field) or _next_id(problem, world)
        )
    return f"这里应写成“{value}”，build.py fmt 会改好。", f"Here it is “{value}”; build.py fmt mends it."


def _in_anothers_cell(problem: Problem, world: World, field: Field) -> str:
    """The column of free text of a row that has an address, or a code, which a cell of the row should be."""
    row, table = row_of(problem, world) or Row(), table_of(problem, world)
    codes = {each["value"] for each in field.get("categories", ())}
    others = [name for name in table.columns if name != problem.field] if table else []
    if "://" in field.get("constraints", {}).get("pattern", ""):
        return next((name for name in others if str(row[name]).startswith(_ADDRESS)), "")
    return next((name for name in others if row[name] in codes), "")


_ADDRESS = ("https://", "http://")

_MONTHS = tuple(map(str.lower, calendar.month_abbr))[1:]
_ENGLISH_MONTH = re.compile(f"(?i)({'|'.join(_MONTHS)})-([0-9]{{2}})")
"""Sep-20, as Excel shows 2020-09."""


def _at_least(value: str, field: Field) -> Advice | None:
    """The smallest number that a cell may hold, where it holds a smaller one."""
    least = field.get("constraints", {}).get("minimum")
    if least is None or not re.fullmatch("-?[0-9]+", value) or int(value) >= least:
        return None
    return f"这一列的数从 {least:g} 起。", f"The numbers of this column begin with {least:g}."


def _counted(value: str, in_units: bool) -> Advice:
    """The number that a cell has in Chinese, or with its unit behind it; where a column has its unit, 1万 may be meant
    in a unit of 万.
    """
    found = quantities.figures(value, ())
    alone = len(found) == 1 and found[0].start == 0 and not (in_units and found[0].magnitude > 1)
    number = chinese(value) or (found[0].value * found[0].magnitude if alone else None)
    if number is None:
        return _NONE
    return f"这一格只写数：多半是 {number:f}。", f"The cell holds a number alone: probably {number:f}."


_ADVICE: dict[str, Callable[[Problem, World], Advice]] = {
    **dict.fromkeys(("unknown-theme", "unknown-concept", "unknown-organization", "unknown-region"), _registered),
    "unknown-unit": _unit,
    "alias-leads-nowhere": _of_another_kind,
    "subject-alone": _subject,
    "region-name-short": _full_name,
    "theme-differs": _second_theme,
    "term-unsaid": _term,
    "broken-reference": _referred,
    "text-not-verbatim": _end_missing,
    "name-unused": _without_blanks,
    "folder-differs": _copied,
    "release-order": _in_turn,
    "unit-factor": _multiple,
    "unknown-organization-name": _spelt,
    **dict.fromkeys(("words-not-in-clause", "task-title-not-in-clause", "attachment-differs"), _said_nearly),
    "restates-chain": _first_stated,
    "wrong-language": _in_another_language,
    "required": _left_out,
    "duplicate-key": _next_id,
    **dict.fromkeys(("stray-file", "disguised-file"), _workbook),
    "quote-not-in-clause": _quoted,
    **dict.fromkeys(("wrong-type", "wrong-form", "not-in-list"), _as_written),
}
