"""A web page as saved from a browser -> Received.

All text that a reader sees is kept, in order, a block on a line and a row of a table on a line. What surely is the
page's own (its navigation, its footer, its buttons) stays in the source and is marked. lxml walks the page; a library
that finds articles is not used, because it rewrites blanks and drops short lines.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace

import lxml.html
from lxml.html import HtmlElement

from openplans.drafting.receiving.document import (
    CONTROL,
    NUMBERED,
    OBJECT,
    PICTURE,
    STRUCK,
    SUPERSCRIPT,
    UNSEEN,
    FileRefused,
    LeftOut,
    Line,
    Received,
    row,
)
from openplans.drafting.receiving.page import of_the_page
from openplans.drafting.receiving.plain import decoded
from openplans.text.numbering import number_at

_UNSEEN = {"script", "style", "noscript", "template", "head", "svg", "iframe", "select", "option", "button", "textarea"}
_CONTROLS = {"select", "button", "textarea"}
_STRUCK = {"del", "s", "strike"}
_FRAME = {"nav", "header", "footer", "aside", "form"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tbody",
    "thead",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "hr",
    "center",
    "figure",
    "figcaption",
    "address",
    "fieldset",
    "body",
    *_FRAME,
}
_SILENT = {"script", "style", "head", "svg", "template", "body", "html"}
"""Elements that hold no words of a page, whatever is hidden in them."""
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_MENU = re.compile("(?!附件)[\u4e00-\u9fffA-Za-z]{2,8}")
_BETWEEN = re.compile(r"[\s|｜·>/\[\]【】]+")
"""What parts the links of a menu that stand on one line."""
_RELATED = re.compile(
    "[【\\[]?(?:相关|延伸|推荐|热门|猜你|更多)(?:阅读|链接|文章|新闻|信息|资讯|推荐|喜欢|稿件|内容|解读|文件|政策)+"
    "[】\\]]?[:： ]*(?:>>|更多)?"
)
_DAY = re.compile(r"^[·•● ]+|[\[(]?20[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}[\])]?")
_MOST_CELLS = 200_000
"""More cells of tables, those that others reach over too, are no plan: a cell may say that it reaches over 100,000."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def received(data: bytes) -> Received:
    """The lines that a reader of the page sees."""
    root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", _markup(data)))
    title = " ".join((root.findtext(".//title") or "").split())
    for heading in root.iter("h1"):
        title = " ".join(heading.text_content().split()) or title
    walker = _Walker()
    body = root.find("body")
    walker.walk(body if body is not None else root, False)
    walker.flush(False)
    return Received(tuple(_related(walker.lines, walker.links)), title, (), tuple(_left_out(root)))


def _left_out(root: HtmlElement) -> Iterator[LeftOut]:
    """What of a page is none of its lines: hidden and struck words, words in controls, pictures, numbers of lists."""
    told: dict[LeftOut, None] = {}
    for element in root.iter():
        if not isinstance(element.tag, str) or any(_is_passed_over(each) for each in element.iterancestors()):
            continue
        told.update(dict.fromkeys(_not_read(element)))
    yield from told


def _not_read(element: HtmlElement) -> Iterator[LeftOut]:
    framed = any(each.tag in _FRAME or each.get("role", "") in _ROLES for each in element.iterancestors())
    if framed:
        return
    if element.tag in _CONTROLS or element.tag in _STRUCK or _is_hidden(element):
        kind = CONTROL if element.tag in _CONTROLS else STRUCK if element.tag in _STRUCK else UNSEEN
        if element.tag not in _SILENT and (words := " ".join(element.text_content().split())):
            yield LeftOut(kind, words)
    elif element.tag == "img":
        yield LeftOut(PICTURE, element.get("alt") or element.get("src", "-").rpartition("/")[2][:60])
    elif element.tag == "iframe":
        yield LeftOut(OBJECT, element.get("src") or element.get("srcdoc") or "-")
    elif element.tag == "ol" and not _is_menu(element):
        items = [each for each in element.iterchildren("li") if number_at(_shown(each).strip()) is None]
        if items:
            yield LeftOut(NUMBERED, f"{len(items)} × {' '.join(_shown(items[0]).split())[:20]}")


def _is_passed_over(element: HtmlElement) -> bool:
    """Whether nothing inside an element is read."""
    return element.tag in _UNSEEN or element.tag in _STRUCK or _is_hidden(element)


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _related(lines: list[Line], links: set[int]) -> list[Line]:
    """The lines, with those marked that lead to other pages: 相关阅读 and the links under it."""
    told = list(lines)
    under = False
    for place, line in enumerate(lines):
        begins = bool(_RELATED.fullmatch(line.text)) and place + 1 in links
        under = begins or (under and place in links and not line.text.startswith("附件"))
        if under:
            told[place] = replace(line, page=True)
    return told


def _markup(data: bytes) -> str:
    """The markup of a page, that of an archive (MHTML) too."""
    if b"multipart/related" in data[:2000].lower():
        for part in email.message_from_bytes(data).walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                data = payload if isinstance(payload, bytes) else b""
                break
    named = _CHARSET.search(data[:4000])
    try:
        name = named.group(1).decode().lower() if named else ""
        return data.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(name, name)) if name else decoded(data)
    except (LookupError, UnicodeError):
        return decoded(data)


class _Walker:
    """Walks the elements in order and makes lines of them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._text: list[str] = []
        self._linked: list[str] = []
        self._cells = 0
        self.links: set[int] = set()  # the lines of which every letter is a link

    def walk(self, element: HtmlElement, frame: bool) -> None:
        """Add what an element shows."""
        if not isinstance(element.tag, str) or _is_passed_over(element):
            return
        framed = frame or element.tag in _FRAME or element.get("role", "") in _ROLES or _is_menu(element)
        if element.tag == "table" and _is_data(element):
            self.flush(frame)
            self._table(element, framed)
            return
        block = element.tag in _BLOCKS
        if block:
            self.flush(frame)
        if element.tag == "br":
            self.flush(framed)
        self._text.append(_raised(element))
        if element.tag == "a":
            self._linked.append(_shown(element))
        for child in element:
            self.walk(child, framed)
            self._text.append(child.tail or "")
        if block:
            self.flush(framed)

    def flush(self, frame: bool) -> None:
        """End the line that was begun."""
        text = " ".join("".join(self._text).split())
        linked = " ".join("".join(self._linked).split())
        menu = len(self._linked) > 1 and all(_MENU.fullmatch(each.strip()) for each in self._linked)
        menu = menu and _BETWEEN.sub("", text) == "".join(each.strip() for each in self._linked)
        self._text.clear()
        self._linked.clear()
        if text and linked and _DAY.sub("", text).replace(" ", "") == linked.replace(" ", ""):
            self.links.add(len(self.lines))
        if text:
            self.lines.append(Line(text, page=frame or menu or of_the_page(text)))

    def _table(self, table: HtmlElement, frame: bool) -> None:
        merged: dict[int, int] = {}  # column: how many rows the cell above still reaches over
        for line in _rows(table):
            cells = _in_columns([each for each in line if each.tag in ("td", "th")], merged)
            self._cells += len(cells)
            if self._cells > _MOST_CELLS:
                raise FileRefused(f"表格有 {_MOST_CELLS} 格以上", f"its tables have over {_MOST_CELLS} cells")
            made = row(cells)
            if made.text.strip():
                self.lines.append(Line(made.text, row=len(cells) > 1, page=frame or of_the_page(made.text)))


def _rows(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table, less those of a table in one of its cells."""
    return [line for line in table.iter("tr") if next(line.iterancestors("table")) is table]


def _in_columns(cells: list[HtmlElement], merged: dict[int, int]) -> list[str]:
    """What the cells of a row show, empty ones where a cell above or to the left reaches; `merged` is brought on."""
    shown: list[str] = []
    waiting = list(cells)
    while waiting or merged.get(len(shown), 0):
        place = len(shown)
        if merged.get(place, 0):
            merged[place] -= 1
            shown.append("")
            continue
        cell = waiting.pop(0)
        wide = max(1, min(_reach(cell, "colspan"), 100))
        merged.update(dict.fromkeys(range(place, place + wide), max(0, min(_reach(cell, "rowspan"), 1000) - 1)))
        shown += [_shown(cell), *[""] * (wide - 1)]
    return shown


def _reach(cell: HtmlElement, name: str) -> int:
    """Over how many columns or rows a cell reaches."""
    said = cell.get(name, "1").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1


def _is_menu(element: HtmlElement) -> bool:
    """Whether a list is a menu: several items, each a link of a few characters and nothing else."""
    items = list(element) if element.tag in ("ul", "ol") else []
    return len(items) > 1 and all(
        _MENU.fullmatch(shown := _shown(each).strip())
        and "".join(_shown(link) for link in each.iter("a")).strip() == shown
        for each in items
    )


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds data and not the layout of a page: two rows of cells, or what a page tells of its document;
    no paragraphs of prose in it, and a table only where its own cells are ruled.
    """
    rows = [[cell for cell in line if cell.tag in ("td", "th")] for line in _rows(table)]
    wide = [cells for cells in rows if len(cells) > 1]
    ruled = table.get("border", "0") not in ("", "0") or table.find("./tr/th") is not None
    prose = any(len(_shown(cell)) > 800 for cells in rows for cell in cells)
    told = bool(wide) and "".join(_shown(wide[0][0]).split()).startswith("索引号")  # of the page, be it one row
    return (len(wide) >= 2 or told) and not prose and (ruled or table.find(".//table") is None)


def _shown(element: HtmlElement) -> str:
    """The text of a cell, less what is not seen."""
    if not isinstance(element.tag, str) or _is_passed_over(element):
        return ""
    text = _raised(element) + "".join(_shown(child) + (child.tail or "") for child in element)
    return f" {text} " if element.tag in ("td", "th") else text  # of a table inside the cell


def _raised(element: HtmlElement) -> str:
    """The text that an element begins with; raised digits are characters of their own."""
    text = element.text or ""
    return text.translate(SUPERSCRIPT) if element.tag == "sup" else text
