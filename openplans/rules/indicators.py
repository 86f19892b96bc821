"""Is what a row is called made of the words of its sentence: an indicator, a scope, a project's name?

Comes in: a plan. Goes out: rows that are called by words of another sentence, by too many or too few of their own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.text.folding import CELL, folded
from openplans.text.quantities import figures

_NUMBER = re.compile(r" ?[≥≤<>约]?\d[\d.,]*%? ?")

_SUBTOTAL = re.compile("小 *计")

_SERIAL = re.compile("序 ?号")
"""How the head of a table begins."""

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
            if row["value"] is not None and not named(row, row) and any(_swapped(row, each) for each in beside):
                yield at(plan.tables[table], row, "indicator", indicator=row["indicator"], quote=row["quote"])
    for row in plan["projects"]:
        if not named(row, row, "name"):
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
        odd, right = (row, other) if named(row, row) <= named(other, other) else (other, row)
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
    return named(other, row) * 2 > 1 or (bool(_NAME.match(row["quote"])) and named(row, other) * 2 > 1)


def named(row: Row, other: Row, column: str = "indicator") -> float:
    """How much of a name, of its pairs of letters, is in the quote of a row."""
    words, quote = (MARKS.sub("", folded(each)) for each in (row[column], other["quote"]))
    pairs = {words[place : place + 2] for place in range(max(1, len(words) - 1))}
    return sum(pair in quote for pair in pairs if pair) / len(pairs)


def words_not_in_clause(world: World, plan: Package) -> Iterator[Hit]:
    """An indicator, a scope, a project's name is made of the words of its clause and of the headings above it, none
    lost; what a reader adds to count (人数) is of the row's own unit.
    """
    texts: dict[str, str] = {}
    for table, columns in _CHECKED_WORDS.items():
        for row in plan[table]:
            if row["clause_id"] not in texts:
                texts[row["clause_id"]] = folded(_text_and_above(plan, row["clause_id"]))
            for column in columns:
                text = texts[row["clause_id"]]
                if foreign := foreign_letters(folded(row[column]), text) or _of_another_unit(world, row, column, text):
                    facts = {"words": row[column], "foreign": foreign, "clause": row["clause_id"]}
                    yield at(plan.tables[table], row, column, **facts)


_COUNTING = {"人数": "人", "人次": "人次", "户数": "户", "面积": "亩", "里程": "公里", "长度": "公里"}
"""Words at the end of an indicator by a unit of what they count."""


def _of_another_unit(world: World, row: Row, column: str, text: str) -> str:
    """The last word of an indicator where it counts something else than the unit of the row does, and the document has
    it not; else ""."""
    counting, own = row[column][-2:], world.units.get(row.get("unit", ""))
    counted = world.units.get(_COUNTING.get(counting, ""))
    other = column == "indicator" and own and counted and own["dimension"] != counted["dimension"]
    return counting if other and counting not in text else ""


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
