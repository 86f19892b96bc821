"""The lines of a document -> its clauses, cut where the document cuts itself.

Comes in: a Received and the plan's title. Goes out: Clauses with their kind, number and parent. Nothing is corrected
and no letter is lost: white space apart, the clauses in order are the source less its boilerplate. Apart, so that what
a clause is stands in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from openplans.drafting.blocks import blocks, cards
from openplans.drafting.receiving import Line
from openplans.text.folding import CELL, folded
from openplans.text.numbering import FIRST, SECOND, SECTION, THIRD, Number, behind_mark, item_mark, number_at
from openplans.text.organization_names import parsed
from openplans.text.responsible import is_answer
from openplans.text.units import UNITS_OVER

_BLANK = re.compile(f"[^\\S{CELL} ]+")
_ENDS = re.compile(r"[。;:!?)”》]$")
_DATE = re.compile(
    "(?:[0-9]{4}|[二〇零○一三四五六七八九]{4}) ?年 ?[0-9一二三四五六七八九十]{1,3} ?月"
    " ?[0-9一二三四五六七八九十]{1,3} ?日"
)
_SIGNED = re.compile(
    rf"[^。,:;()【】]{{0,40}}{_DATE.pattern}|\(?.{{0,40}}{_DATE.pattern} ?印发\)?|\([^。:;]{{0,40}}{_DATE.pattern}\)"
    r"|\(?[0-9]{4} ?年 ?[0-9]{1,2} ?月\)?"
)
_SIGNER = re.compile(r"[\u4e00-\u9fff·()()、 “”\"]{3,40}")
_TITLE = re.compile(
    r"[^。;!?]{4,120}(?:通知|方案|计划|规划|意见|办法|要点|纲要|措施|决定|清单|报告|细则|任务书|责任书)(?: "
    r"?\([^()]{2,40}\)){0,2}"
)
_ADDRESSED = re.compile("[:：]$")
_NOTICE = re.compile(".{0,60}(?:关于|印发).{2,160}的通 ?知.{0,30}")
_SPAN = re.compile(r"\([^()]{2,30}\)")
_BOX = re.compile("专栏 ?[0-9一二三四五六七八九十]{0,3}[ \u3000:]?[^。;]{0,60}")
_BANNER = re.compile("【[^【】:;,。]{3,30}】")
"""A heading in thick brackets, whatever stands in it: 【一、市容秩序专班】."""
_NUMBERED = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[(【]?(?:19|20)[0-9]{2}[〕\])】]?第? ?[0-9]{1,4} ?号")
_ANNEX = re.compile(r"附 ?[件表录] ?[0-9一二三四五六七八九十]{0,3} ?(?:[::].*)?")
_ANNEX_NUMBER = re.compile("附件[0-9]+")
_STARTS = re.compile("(?<=[。;:!?)”》 \u3000])(?=[(第0-9一二三四五六七八九十\u2460-\u2473])")
_MET = re.compile(r"(?<!第)[\u4e00-\u9fff](?=[0-9]{1,2}[.、][\u4e00-\u9fff])")
"""Before a number that met the line above it: 完成时限:6月2.修路."""
_FIRST_OF_ITS_ITEMS = re.compile(r"(?:^|(?<=[。;]))[一二三四五六七八九十]{1,3}、[^。;:()]{2,30}(?=\(一\))")
"""A heading that met the first of its items: 一、产业振兴(一)做强工业."""
_RUN_IN = re.compile(rf"(?P<head>[^ {CELL}。;:!?]{{2,40}})[ {CELL}]+(?=.{{40}})")


_BOX_LEVEL = 20
"""Deeper than any number: a box (专栏) stands under whatever is open and holds its table, or its numbered items."""

_BLOCK_LEVEL = 30
"""Deeper than all: what stands under an item without a number is the lines that tell of it."""

_LONGEST_HEADING = 60


@dataclass(frozen=True)
class Clause:
    """A clause: `parent` is the place of the one it stands under among all clauses, None where it stands under none."""

    kind: str
    text: str
    number: str = ""
    parent: int | None = None


def clauses(lines: tuple[Line, ...], title: str) -> list[Clause]:
    """The clauses of a document in order."""
    pieces = _pieces([line for line in lines if not line.page])
    return _Outline(squeezed(title)).clauses(_joined_titles(pieces, squeezed(title)))


def squeezed(text: str) -> str:
    """A folded text without blanks, for comparing what is printed in two places."""
    return "".join(folded(text).split())


def _pieces(lines: list[Line]) -> list[Line]:
    """Whole paragraphs, items and rows: lines that a page broke joined, items that it ran together parted."""
    paragraphs: list[Line] = []
    going_on = False
    for line in lines:
        text = _BLANK.sub(" ", line.text)
        text = text if line.row else _uncelled(text.strip(f" {CELL}"))
        if not text.strip():
            continue
        if going_on and not line.row and not line.indented and number_at(folded(text)) is None:
            paragraphs[-1] = replace(paragraphs[-1], text=paragraphs[-1].text + text)
        else:
            paragraphs.append(Line(text, line.row, indented=line.indented))
        told = paragraphs[-1].indented  # where paragraphs are indented, a full stop at the edge of a line ends none
        going_on = line.broken and not line.row and (told or not _ENDS.search(folded(text)))
    return [piece for line in paragraphs for piece in ([line] if line.row else _items(line))]


def _uncelled(text: str) -> str:
    """The text of a line with plain blanks for what parts the cells of a row, but behind the number of a heading."""
    plain = folded(text)
    number = number_at(plain)
    heads = (number and number.level <= SECTION) or _BOX.fullmatch(plain) or _ANNEX.fullmatch(plain)
    return text if heads else text.replace(CELL, " ")


def _items(line: Line) -> Iterator[Line]:
    """The numbered items of a line; one that stands inside is an item where the numbers count on."""
    text = folded(line.text)
    starts = [0]
    last: dict[int, int] = {}
    if first := number_at(text):
        last[first.level] = first.value
    found = [(at, number) for at in _starts(text) if (number := number_at(text, at))]
    for place, (start, number) in enumerate(found):
        counts_on = number.value == last.get(number.level, -1) + 1
        begins = (
            number.value == 1
            and not _MET.match(text, start - 1)
            and any(other.level == number.level and other.value == 2 for _, other in found[place + 1 :])
        )
        if counts_on or begins:
            starts.append(start)
            last = {level: value for level, value in last.items() if level < number.level}
            last[number.level] = number.value
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = line.text[start:end].strip(f" {CELL}")
        yield from _head_and_body(piece, run_on=len(starts) > 1)


def _starts(text: str) -> list[int]:
    """Where an item may begin inside of a line."""
    behind_a_heading = (match.end() for match in _FIRST_OF_ITS_ITEMS.finditer(text))
    marked = (match.start() for match in _STARTS.finditer(text))
    return sorted({*behind_a_heading, *marked, *(match.end() for match in _MET.finditer(text))})


def _head_and_body(text: str, run_on: bool) -> Iterator[Line]:
    """A heading and the paragraph behind it, where nothing but a blank parts them."""
    number = number_at(folded(text))
    head = _RUN_IN.match(folded(text), number.end) if run_on and number and number.level <= SECOND else None
    if head:
        yield Line(text[: head.end("head")])
        text = text[head.end() :].strip()
    if text:
        yield Line(text)


def _joined_titles(pieces: list[Line], title: str) -> list[Line]:
    """The pieces, a title that is printed on several lines made one."""
    found: list[Line] = []
    place = 0
    while place < len(pieces):
        size = next((size for size in (4, 3, 2) if _is_one_title(pieces[place : place + size], size, title)), 1)
        text = "".join(piece.text for piece in pieces[place : place + size])
        found.append(replace(pieces[place], text=text))
        place += size
    return found


def _is_one_title(pieces: list[Line], size: int, title: str) -> bool:
    if pieces and _ADDRESSED.search(pieces[-1].text.rstrip()):  # 各镇人民政府: under the title
        return False
    if len(pieces) < size or any(piece.row or _ENDS.search(piece.text.rstrip("》)）")) for piece in pieces[:-1]):
        return False
    whole = squeezed("".join(piece.text for piece in pieces))
    if whole == title or (title and whole == title + "的通知"):
        return True
    parts = [squeezed(piece.text) for piece in pieces]
    if parts[0] == title:  # a page prints the title, then the document its own
        return False
    if any(number_at(part) or _ANNEX.fullmatch(part) or _NUMBERED.fullmatch(part) or len(part) > 60 for part in parts):
        return False
    if _SPAN.fullmatch(parts[-1]) and size == 2:
        return _TITLE.fullmatch(parts[0]) is not None
    return (
        bool(_NOTICE.fullmatch(whole)) and not any(mark in whole for mark in "。;") and not _NOTICE.fullmatch(parts[0])
    )


class _Outline:
    """Walks the pieces in order and knows which headings are open."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._found: list[Clause] = []
        self._open: list[tuple[int, int]] = []
        self._root: int | None = None
        self._heads_annex = False

    def clauses(self, pieces: list[Line]) -> list[Clause]:
        """The clauses of all pieces."""
        signatures = _signatures(pieces)
        items = blocks([self._unnumbered(each, place in signatures) for place, each in enumerate(pieces)])
        cards_ = cards([folded(each.text).strip().split(CELL) if each.row else [] for each in pieces])
        last_below = -1
        of_organizations = _headings_of_organizations(pieces)
        for place, piece in enumerate(pieces):
            last = place + 1 == len(pieces) or place + 1 in signatures  # nothing stands under what is signed
            following = Line("") if last or place + 1 in of_organizations else pieces[place + 1]
            if place > last_below:
                self._open = [each for each in self._open if each[0] < _BLOCK_LEVEL]
            if place in cards_:
                last_below = cards_[place]
                self._row(piece, folded(piece.text).strip())
                self._open.append((_BLOCK_LEVEL, len(self._found) - 1))
            elif place in items:
                last_below = items[place]
                self._item(piece, last_below > place)
            elif place in of_organizations:
                self._under(Clause("heading", piece.text), SECOND + 1)
            else:
                self._add(piece, following, place in signatures)
        return self._found

    def _unnumbered(self, piece: Line, signed: bool) -> str | None:
        """The text of a line that may be one of a block; None of one that is surely none."""
        text = folded(piece.text).strip()
        other = piece.row or signed or number_at(text) or _ANNEX.fullmatch(text) or _BOX.fullmatch(text)
        return None if other or squeezed(text) == self._title else text

    def _item(self, piece: Line, has_below: bool) -> None:
        """Add what a block without a number begins with."""
        text = folded(piece.text).strip()
        is_heading = has_below and "。" not in text and len(text) <= _LONGEST_HEADING and not _ADDRESSED.search(text)
        self._under(Clause("heading" if is_heading else "paragraph", piece.text), _BLOCK_LEVEL)

    def _add(self, piece: Line, following: Line, signature: bool) -> None:
        text = folded(piece.text).strip()
        if piece.row:
            self._row(piece, text)
        elif _BOX.fullmatch(text):
            self._under(Clause("heading", piece.text), _BOX_LEVEL)
            return
        elif _BANNER.fullmatch(text):
            self._under(Clause("heading", piece.text), SECOND + 1)
        elif signature:
            self._open = []
            self._found.append(Clause("signature", piece.text, parent=self._root))
        elif self._is_title(text):
            self._root, self._open = len(self._found), []
            self._found.append(Clause("title", piece.text))
        elif _ANNEX.fullmatch(text):
            self._open = [(-1, len(self._found))]
            found = _ANNEX_NUMBER.match(text)
            printed = piece.text.strip()[: found.end()] if found else ""
            self._found.append(Clause("annex", piece.text, printed, parent=self._root))
            self._heads_annex = True
            return
        elif number := number_at(text):
            self._numbered(piece, text, number, following)
        elif self._heads_annex and not _ENDS.search(text) and len(text) <= 80 and not UNITS_OVER.fullmatch(text):
            self._under(Clause("heading", piece.text), 0)
            return
        else:
            if self._found and self._found[-1].kind == "table_row":  # the box ended with its table
                self._open = [each for each in self._open if each[0] < _BOX_LEVEL]
            self._found.append(Clause("paragraph", piece.text, parent=self._parent()))
        self._heads_annex = False

    def _is_title(self, text: str) -> bool:
        plain = squeezed(text)
        if plain == self._title:
            return self._root is None or squeezed(self._found[self._root].text) != self._title
        if self._root is not None or number_at(text) or _ANNEX.fullmatch(text):
            return False
        return bool(_NOTICE.fullmatch(plain) or _TITLE.fullmatch(plain)) and not plain.startswith(("现将", "《"))

    def _row(self, piece: Line, text: str) -> None:
        first = next((cell.strip() for cell in text.split(CELL) if cell.strip()), "")
        number = number_at(first)
        printed = first if re.fullmatch("[0-9]{1,3}", first) else number.printed if number else ""
        place = folded(piece.text).find(printed) if printed else 0
        printed = piece.text[place : place + len(printed)] if printed else ""
        self._found.append(Clause("table_row", piece.text, printed, self._parent()))

    def _numbered(self, piece: Line, text: str, number: Number, following: Line) -> None:
        printed = piece.text.strip()[: len(number.printed)]
        body = text[number.end :].rstrip("。. ")
        plain = re.sub(r"\([^()]*\)$", "", body.rstrip())
        ends = number_at(folded(following.text).strip())
        below = folded(following.text).strip()
        leads = bool(below) and not _ANNEX.fullmatch(below) and (ends is None or ends.level > number.level)
        short = (
            "。" not in plain
            and len(plain) <= _LONGEST_HEADING
            and not _ENDS.search(text.rstrip("。)"))
            and bool(plain)
        )
        is_heading = short and (number.level <= FIRST or (leads and number.level <= THIRD))
        level = number.level + 1 + (_BOX_LEVEL if self._in_box(number) else 0)
        self._under(Clause("heading" if is_heading else "paragraph", piece.text, printed), level)

    def _in_box(self, number: Number) -> bool:
        """Whether a number is that of an item of a box: 1. right below its heading, and those that count on from it."""
        if number.level < THIRD or not any(level == _BOX_LEVEL for level, _ in self._open):
            return False
        level, last = self._open[-1]
        if level == _BOX_LEVEL:
            return number.value == 1 and last == len(self._found) - 1
        before = number_at(folded(self._found[last].text).strip())
        return level > _BOX_LEVEL and before is not None and number.value in (1, before.value + 1)

    def _under(self, clause: Clause, level: int) -> None:
        """Add a clause that others may stand under."""
        self._open = [each for each in self._open if each[0] < level]
        self._found.append(replace(clause, parent=self._parent()))
        self._open.append((level, len(self._found) - 1))

    def _parent(self) -> int | None:
        return self._open[-1][1] if self._open else self._root


def _headings_of_organizations(pieces: list[Line]) -> set[int]:
    """Which pieces without a number name the units under whom numbered duties stand, the first of them under no duty;
    and those with the same mark: ◆甲局牵头; ◆责任单位另行确定.
    """
    texts = ["" if piece.row else folded(piece.text).strip() for piece in pieces]
    numbered = [number_at(text) is not None for text in texts]
    found = [
        place
        for place in range(1, len(texts) - 1)
        if numbered[place + 1]
        and not numbered[place]
        and _is_of_organizations(texts[place])
        and not is_answer(texts[place - 1])  # of units under each other, who answer for what stands over them
    ]
    over = number_at(texts[found[0] - 1]) if found else None
    if len(found) < 2 or (over and over.level > FIRST):
        return set()
    marks = {mark for each in found if (mark := item_mark(texts[each]))}
    return {*found, *(place for place, text in enumerate(texts) if item_mark(text) in marks)}


def _is_of_organizations(text: str) -> bool:
    """Whether a line is nothing but the names of units, behind a mark or before a colon."""
    if len(text) > _LONGEST_HEADING or re.search("[0-9]{4}", text):
        return False
    read = parsed(text[behind_mark(text) :].rstrip(":"))
    marked = not read.does or bool(item_mark(text))  # ◆甲局牵头; 甲局牵头,乙局配合。
    return read.of_organizations and read.surely_of_organizations and marked


def _signatures(pieces: list[Line]) -> set[int]:
    """Which pieces sign the document: a date that stands alone, and the names right before it."""
    found: set[int] = set()
    for place, piece in enumerate(pieces):
        if piece.row or not _SIGNED.fullmatch(folded(piece.text).strip()):
            continue
        found.add(place)
        before = place - 1
        while before > 0 and place - before <= 3 and _signs(pieces[before]):
            found.add(before)
            before -= 1
    return found


def _signs(piece: Line) -> bool:
    text = folded(piece.text).strip()
    plain = not piece.row and _SIGNER.fullmatch(text) is not None and number_at(text) is None
    return plain and not _TITLE.fullmatch(squeezed(text)) and not _ANNEX.fullmatch(text)
