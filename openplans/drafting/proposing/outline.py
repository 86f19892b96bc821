"""A plan as it is read for proposals: clauses with their figures, what stands above them, their tables and works.

Apart, because every kind of proposal asks the same of the text; `reading` adds the years.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from openplans.drafting import blocks
from openplans.drafting.proposing import heads, named_works, notes
from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules import organization_headings, organization_tables
from openplans.text import roles
from openplans.text.folding import CELL, folded
from openplans.text.numbering import item_mark, number_at
from openplans.text.organization_names import OrganizationList
from openplans.text.period import FIVE_YEARS, year_of
from openplans.text.quantities import Figure, figures
from openplans.text.responsible import NONE, bare_lists, is_answer, organization_lists
from openplans.text.roles import BRACKETS
from openplans.text.told_organizations import duties
from openplans.text.units import UNITS_OVER

_A_PHRASE = 6
"""Letters of a cell that is what rows are about, and not a kind or a day that many have."""
GENERAL = re.compile(
    "指导思想|总体要求|(?:总体|工作|发展)思路|^(?:主要|发展|预期性?|约束性|核心)指标|基本原则|工作原则|目标(?!考核|责任|管理)|基本思路|指导方针|现状|^(?!夯实|筑牢|打牢|打好|巩固|强化|厚植|加强|奠定|做强|稳固|完善|改善|补齐|提升|优化|健全|建强).{0,8}基础(?:$|条件|[和与及])|形势|背景|附则|名单|(?<!任务)(?<!工作)(?<!事项)(?<!措施)清单$|^(?:发展环境|面临|发展成就|主要成就|发展回顾)|机遇(?:$|[与和及、]?挑战)|^(?:存在的?|面临的?|主要|突出)*(?:短板|困难|问题|挑战)(?:[与和及、]?(?:弱项|问题|短板|挑战|困难))*$"
)
"""Headings under which nothing is a task."""
REPORTS = re.compile(
    "(?:发展|工作|现有|现实|主要|取得的?|“?十[一二三四五六]五”?(?:时期|期间)?|基础(?=现状))*(?:现状|基础|成就|成效|回顾)(?:[与和及].*)?$|.{0,20}(?:取得[^,;。]{0,6}(?:成效|成就|进展)|(?:成效|成绩)(?:显著|明显|突出))$"
    "|(?:规划|发展|编制)背景$|(?:重大)?意义$|发展环境$|基本情况$|(?:面临|面对|当前|发展|严峻|国内外)*的?形势$|(?:存在的?|面临的?|主要|突出)*(?:机遇|挑战|短板|弱项|困难|问题)(?:[与和及、]?(?:挑战|短板|弱项|困难|问题))*$"
)
"""Headings under which a document reports what is so already."""
_LOOKS_BACK = re.compile(
    "(?:(?P<year>(?:19|20)[0-9]{2}) ?年(?:度|来)?(?:以来)?|过去(?:的?[一二三四五]年|[一二三四五]年来)?|[一二三四五]年来"
    "|上年|去年)[^,;。]{0,16}(?:回顾|完成情况|执行情况|进展情况|主要成[就效绩]|总结)(?:[与和及].*)?$"
)
"""The heading of what a report on the work tells of the year before: 2025年工作回顾, 过去五年主要成就."""
SENTENCE = re.compile("[。;!?\n]")
PART = re.compile(rf"[,;。:!?{CELL}]")
_MIDDLE = re.compile(r"[)〕】\]](?=[\u4e00-\u9fff])")
"""A bracket behind which a sentence goes on."""
_RUN_IN = re.compile("[ \u3000]*[^,，。;；:：、(（0-9]{4,24}。.*[^。]{3,}[)）〕】]。?$")
"""A paragraph with a heading of its own and a bracket at its end."""
_ENDS_A_LIST = re.compile("[)）〕】\\]]?[。;；]?[ \u3000]*")
_SAYS_A_LIST = re.compile("[(（〔【\\[:：为是]")
"""What stands right before a list of units that ends a paragraph, and behind it."""
_OWN_PLACE = re.compile("(?P<name>[\u4e00-\u9fff]{2,6}?)(?P<rank>自治县|自治州|[市县区旗州盟])")


class Outline:
    """A plan with what its text says: its headings, its tables, the works and places that it names."""

    def __init__(self, world: World, plan: Package) -> None:
        self.world, self.plan = world, plan
        self.clauses: list[Row] = plan["clauses"]
        self.by_id = plan.by_id("clauses")
        self.start: str = year_of(plan.descriptor["effective_start"])
        self.end: str = self._end()
        self._folded = {row["clause_id"]: _ended(folded(row["text"])) for row in self.clauses}

    def _end(self) -> str:
        """The last year of the plan as its title has it; its period may reach further, to its last goal."""
        title = folded(str(self.plan.descriptor["title_zh"]))
        years = re.findall("20[0-9]{2}", title)
        five = [str(last) for words, (_, last) in FIVE_YEARS.items() if words in title]
        if len(years) > 1 or (five and not years):
            return max(years or five)
        return year_of(self.plan.descriptor["effective_end"])

    @property
    def years(self) -> list[str]:
        """The years of the plan, from its first to its last."""
        return [str(each) for each in range(int(self.start), int(self.end) + 1)]

    def text(self, clause: Row) -> str:
        """The folded text of a clause."""
        return self._folded[clause["clause_id"]]

    def figures(self, clause: Row) -> list[Figure]:
        """The figures of a clause, less its own number."""
        own = self.own_number(clause)
        return [each for each in figures(clause["text"], self.world.unit_names) if each.start >= own]

    def own_number(self, clause: Row) -> int:
        """Where the text behind a clause's own number begins."""
        number, text = clause["number"], clause["text"]
        return text.index(number) + len(number) if number and text.lstrip().startswith(number) else 0

    def heading(self, clause: Row) -> str:
        """The words of a heading without its number and marks."""
        text = self.text(clause).strip()
        number = number_at(text)
        return text[number.end if number else 0 :].strip(" 。\u3000")

    def reported_in(self, heading: str) -> str:
        """The year of which a heading says that it reports; "" where it names none."""
        found = _LOOKS_BACK.match(heading)
        return (found and found["year"]) or ""

    def reports(self, heading: str) -> bool:
        """Whether a document reports under a heading what is so already."""
        if found := _LOOKS_BACK.match(heading):
            return not found["year"] or found["year"] < self.start
        return bool(REPORTS.match(heading))

    @cached_property
    def places(self) -> frozenset[str]:
        """What the name of a single work may begin with: the plan's region, the one above it, and its townships."""
        chain = self.world.region_chain(self.plan.descriptor["region_code"])[:2]
        above = [self.world.regions[each]["name_zh"] for each in chain]
        own = _OWN_PLACE.match(folded(str(self.plan.descriptor["title_zh"])))  # a new region is in no registry yet
        above += [own["name"] + own["rank"]] if own else []
        towns = named_works.towns("\n".join(self.text(each) for each in self.clauses))
        return towns.union(above, (name[:-1] for name in above if len(name) > 2))

    def work(self, clause: Row) -> named_works.Work | None:
        """The single work that a numbered paragraph begins with and tells of."""
        if clause["kind"] != "paragraph" or not clause["number"]:
            return None
        text = self.text(clause)
        number = number_at(text)
        return named_works.headed(text, number.end if number else 0, self.places)

    def work_named(self, clause: Row, place: int) -> str:
        """The one work that a place is about: the paragraph's, or what alone its sentence has named; "" for none."""
        text = self.text(clause)
        if work := self.work(clause):
            return text[work.start : work.end]
        verbs = named_works.VERB.finditer(text, self.sentence(text, place), place)
        found = {each for verb in verbs for each in named_works.listed(text, verb.end(), self.places)}
        names = {text[each.start : each.end] + each.head for each in found if each.end <= place}
        return names.pop() if len(names) == 1 else ""

    def above(self, clause: Row) -> list[Row]:
        """What a clause stands under, the nearest first."""
        found: list[Row] = []
        while (clause := self.by_id.get(clause["parent_id"]) or Row()) and clause not in found:
            found.append(clause)
        return found

    @cached_property
    def children(self) -> dict[str, list[Row]]:
        """The clauses right under each."""
        found: dict[str, list[Row]] = {}
        for clause in self.clauses:
            found.setdefault(clause["parent_id"], []).append(clause)
        return found

    @cached_property
    def cards(self) -> frozenset[str]:
        """The rows that begin a card, whose other rows stand under them."""
        rows = [self.text(row).strip().split(CELL) if row["kind"] == "table_row" else [] for row in self.clauses]
        return frozenset(self.clauses[place]["clause_id"] for place in blocks.cards(rows))

    def is_of_card(self, clause: Row) -> bool:
        """Whether a clause is a row of a card: a label, and what it says."""
        return clause["clause_id"] in self.cards or clause["parent_id"] in self.cards

    @cached_property
    def _heads(self) -> dict[str, Row]:
        return heads.heads_above(self.clauses, self._head_rows)

    @cached_property
    def _head_rows(self) -> set[str]:
        return heads.head_rows(self.clauses)

    def is_head(self, clause: Row) -> bool:
        """Whether a row is the head of its table."""
        return clause["clause_id"] in self._head_rows

    def head_row(self, clause: Row) -> Row | None:
        """The head of the table that a row stands in."""
        return self._heads.get(clause["clause_id"])

    def head(self, clause: Row) -> list[str]:
        """The cells of the head of a row's table."""
        row = self.head_row(clause)
        return [heads.unspaced(cell) for _, cell in heads.cut(row["text"])] if row else []

    def merged_heads(self, clause: Row) -> set[str]:
        """The heads of a row's table under which some row has no cell of its own: an empty one, that is merged over it,
        or the words of the row above once more.
        """
        head = self.head_row(clause)
        return self._merged.get(head["clause_id"], set()) if head else set()

    @cached_property
    def _merged(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        above: dict[str, str] = {}
        for row in self.clauses:
            if (head := self._heads.get(row["clause_id"])) and row["kind"] == "table_row":
                cells = {name: cell for name, _, cell in heads.under(head, row)}
                again = {name for name, cell in cells.items() if len(cell) >= _A_PHRASE and above.get(name) == cell}
                empty = {name for name, cell in cells.items() if not cell}
                found.setdefault(head["clause_id"], set()).update(empty, again)
                above = cells
        return found

    def after(self, clause: Row) -> Row | None:
        """The clause that follows, in the order of the document."""
        place = self._places[clause["clause_id"]] + 1
        return self.clauses[place] if place < len(self.clauses) else None

    def rows_before(self, clause: Row) -> list[Row]:
        """The rows of a row's table that stand above it."""
        place = self._places[clause["clause_id"]]
        first = place
        while first and self.clauses[first - 1]["kind"] == "table_row":
            first -= 1
        return self.clauses[first:place]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {row["clause_id"]: place for place, row in enumerate(self.clauses)}

    @cached_property
    def _lines_over(self) -> dict[str, list[Row]]:
        return heads.lines_over(self.clauses)

    def units_over(self, clause: Row) -> list[str]:
        """The units that a line over a row's table gives: 单位:万亩、家."""
        lines = self._lines_over.get(clause["clause_id"], ())
        told = [line for each in lines if (line := UNITS_OVER.fullmatch(self.text(each).strip()))]
        return [each for each in re.split("[、,;/ ]", told[-1]["units"]) if each] if told else []

    def under_heads(self, clause: Row) -> list[tuple[str, int, str]]:
        """(head, place, folded text) of each cell of a row; none where row and head have not as many cells."""
        return heads.under(self._heads.get(clause["clause_id"]), clause)

    def organizations_reaching_over(self, clause: Row) -> list[organization_tables.Cell]:
        """The cells with units that are merged over a row and printed above it."""
        return self._reaching_over_rows.get(clause["clause_id"], [])

    @cached_property
    def _reaching_over_rows(self) -> dict[str, list[organization_tables.Cell]]:
        return organization_tables.reaching_over(self.clauses)

    @cached_property
    def matrices(self) -> dict[str, Row]:
        """By clause_id, the head of the row of a matrix of duties."""
        return organization_tables.matrices(self.clauses)

    @cached_property
    def legend(self) -> dict[str, str]:
        """The word for the role that each mark of a matrix stands for."""
        return roles.legend(map(self.text, self.clauses))

    @cached_property
    def answered_elsewhere(self) -> dict[str, list[Row]]:
        """By clause, the rows of an annex that say by its number or its title who answers for it, and the lines that
        say it before it.
        """
        return organization_tables.about_elsewhere(self.clauses)

    def headed_by(self, clause: Row) -> OrganizationList | None:
        """The units that a clause begins with, or that the heading over it is made of: 一、县水利局."""
        heading = self._organization_headings.get(clause["clause_id"])
        return self.fronted.get(clause["clause_id"]) or (
            organization_headings.organizations_of(heading) if heading else None
        )

    @cached_property
    def fronted(self) -> dict[str, OrganizationList]:
        """By clause_id, the units that a paragraph begins with, before what they do."""
        return organization_headings.fronted(self.clauses)

    @cached_property
    def headed_duties(self) -> frozenset[str]:
        """The paragraphs without a number that begin with units of their own, or that stand right under a heading of
        units where none has a number.
        """
        plain = [row for row in self.clauses if row["kind"] == "paragraph" and not row["number"]]
        numbered = {row["parent_id"] for row in self.clauses if row["number"]}
        under = {row["clause_id"] for row in plain if row["parent_id"] in self._heading_organizations - numbered}
        answers = {row["clause_id"] for row in plain if is_answer(self.text(row).strip())}
        fronted = {row["clause_id"] for row in plain} & self.fronted.keys()
        return frozenset((under | fronted) - answers - self.told_duties)

    @cached_property
    def tasks_without_numbers(self) -> frozenset[str]:
        """The clauses without a number that are tasks, since units stand over them, under them or beside them."""
        return self.answered_blocks | self.headed_duties | self.cards

    @cached_property
    def told_duties(self) -> frozenset[str]:
        """The paragraphs that tell the duties of units, and those beside them that begin with units: 甲局:制订计划."""
        told = [row for row in self.clauses if row["kind"] == "paragraph" and duties(row["text"])]
        beside = Counter(row["parent_id"] for row in told)
        fronted = (self.by_id[each] for each in self.fronted)
        also = {row["clause_id"] for row in fronted if beside[row["parent_id"]] > 1 and not row["number"]}
        return frozenset(also.union(row["clause_id"] for row in told))

    def is_heading_of_organizations(self, clause: Row) -> bool:
        """Whether a clause is the heading of the duties of some units."""
        return clause["clause_id"] in self._heading_organizations

    @cached_property
    def _heading_organizations(self) -> set[str]:
        return {each["clause_id"] for each in self._organization_headings.values()}

    @cached_property
    def _organization_headings(self) -> dict[str, Row]:
        return organization_headings.over(self.clauses)

    @cached_property
    def about_others(self) -> frozenset[str]:
        """The rows and lines that say of other clauses who answers for them."""
        return frozenset(row["clause_id"] for rows in self.answered_elsewhere.values() for row in rows)

    @cached_property
    def headed_paragraphs(self) -> frozenset[str]:
        """The paragraphs without a number that begin with a heading or a mark of their own and end with those who
        answer for them (修好路。修路9公里。(甲局负责); ——修好路。(甲局)), in a document where such stand side by side.
        """
        found = [
            row
            for row in self.clauses
            if row["kind"] == "paragraph"
            and not row["number"]
            and (_RUN_IN.match(row["text"]) or item_mark(row["text"]))
            and any(organization_lists(row["text"], NONE))
        ]
        beside = Counter(row["parent_id"] for row in found)
        return frozenset(row["clause_id"] for row in found if max(beside.values()) > 1)

    @cached_property
    def paragraphs_with_organizations(self) -> frozenset[str]:
        """The paragraphs without a number that each end with those who answer for them, of which several stand under
        one heading.
        """
        plain = [row for row in self.clauses if row["kind"] == "paragraph" and not row["number"]]
        found = [row for row in plain if _ends_with_units(row["text"]) and not is_answer(self.text(row).strip())]
        beside = Counter(row["parent_id"] for row in found)
        return frozenset(row["clause_id"] for row in found if beside[row["parent_id"]] > 1)

    @cached_property
    def bare_lists(self) -> dict[str, list[OrganizationList]]:
        """By clause_id, the parts of clauses that are nothing but names of units, where several have such; a signature
        is one.
        """
        found: dict[str, list[OrganizationList]] = {}
        for row in self.clauses:
            told = row["kind"] == "paragraph" or (row["kind"] == "heading" and row["number"])
            if told and (lists := bare_lists(row["text"])):
                found[row["clause_id"]] = lists
        beside = {each if self.by_id[each]["number"] else self.by_id[each]["parent_id"] for each in found}
        return found if len(beside) > 1 else {}

    @cached_property
    def answered_blocks(self) -> frozenset[str]:
        """The clauses without a number under which lines say who answers for them, and those that a mark puts beside
        them.
        """
        plain = [row for row in self.clauses if not row["number"] and row["kind"] in ("heading", "paragraph")]
        answered = {row["parent_id"] for row in plain if is_answer(self.text(row).strip())}
        answered |= self.answered_elsewhere.keys() | self.headed_paragraphs
        found = {row["clause_id"] for row in plain if row["clause_id"] in answered}
        kinds = {row["clause_id"]: (row["parent_id"], item_mark(row["text"])) for row in plain}
        marked = {kinds[each] for each in found if kinds[each][1]}
        return frozenset(found.union(each for each, kind in kinds.items() if kind in marked))

    def is_note(self, clause: Row) -> bool:
        """Whether a clause explains a word or a table, and asks for nothing."""
        return clause["clause_id"] in self._notes

    @cached_property
    def _notes(self) -> set[str]:
        return notes.notes(self.clauses)

    def part(self, text: str, place: int) -> int:
        """Where the part of a sentence that holds a place begins."""
        return max((each.end() for each in PART.finditer(text, 0, place)), default=0)

    def sentence(self, text: str, place: int) -> int:
        """Where the sentence that holds a place begins."""
        return max((each.end() for each in SENTENCE.finditer(text, 0, place)), default=0)


def _ends_with_units(text: str) -> bool:
    """Whether a paragraph ends with a list of units, behind what is to be done."""
    last = max(organization_lists(text, NONE), key=lambda each: each.end, default=None)
    ends = last and _ENDS_A_LIST.fullmatch(text, last.end) and _SAYS_A_LIST.match(text, last.start - 1)
    return bool(ends)


def _ended(text: str) -> str:
    """A folded text in which a bracket of units ends the sentence before it: 网箱6台〔甲局牵头〕建设基地2个."""
    if not _MIDDLE.search(text):
        return text
    plain = text.translate(BRACKETS)
    for each in organization_lists(text, NONE):
        opening, closing = plain.rfind("(", 0, each.start), plain.find(")", each.end)
        if opening >= 0 and closing >= 0 and _MIDDLE.match(text, closing) and ")" not in plain[opening : each.start]:
            text = f"{text[:opening]}。{text[opening + 1 : closing]}。{text[closing + 1 :]}"
    return text
