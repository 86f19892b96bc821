"""A received document: its lines in order, each a line of running text or a row of a table.

Apart from the formats, because all of them make one, and the cutting of clauses knows nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from openplans.text.folding import CELL


class Refused(Exception):
    """A file that can't be received, and why, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}。\n{en}.")
        self.zh, self.en = zh, en


@dataclass(frozen=True)
class Line:
    """A line of a document. `row` for a row of a table, its cells parted by U+3000; `page` for what surely belongs to
    the web page or the sheet of paper and not to the document; `broken` where the line may end in the middle of a
    paragraph; `indented` where it surely begins one."""

    text: str
    row: bool = False
    page: bool = False
    broken: bool = False
    indented: bool = False


@dataclass(frozen=True)
class LeftOut:
    """What a file holds besides the text that its reader sees; `kind` says what it is, in both languages."""

    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


DELETED = "修订删去的 deleted under revision"
UNSEEN = "看不见的文字 text that is not shown"
STRUCK = "划去的文字 text that is struck out"
PICTURE = "图片，里面的文字没有读 a picture, whose text is not read"
OBJECT = "嵌入的对象，没有读 an embedded object, which is not read"
EDGES = "页眉页脚 head or foot of the sheets"
COMMENT = "批注 a comment"
SIGN = "没有对应文字的符号 a sign that is no character"
CONTROL = "网页控件里的文字 text in a control of the page"
NUMBERED = "浏览器自动加的编号，请对照 numbers that a browser adds, to be compared"
INVISIBLE = "不可见的控制字符，已去掉 invisible characters, taken out"


@dataclass(frozen=True)
class Received:
    """A document as received. `title` is what the file says of its own title, "" where it says nothing; `dropped` are
    the numbers of sheets of paper, which stand in the middle of sentences and are left out of the source; `left_out` is
    whatever else of the file is not in its lines."""

    lines: tuple[Line, ...]
    title: str = ""
    dropped: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def source(self) -> str:
        """The text of the document with whatever the page adds, a line each."""
        return "\n".join(line.text for line in self.lines) + "\n"

    @property
    def boilerplate(self) -> list[str]:
        """What surely is not the document's, in order."""
        return [line.text.strip() for line in self.lines if line.page and line.text.strip()]


SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
"""Raised digits as characters of their own, so that 10 with a raised 4 is no 104."""

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u2060\ufeff]")
"""What no reader sees and what parts a number for a program."""


def visible(received: Received) -> Received:
    """A document without invisible characters, which are told."""
    found = Counter(each for line in received.lines for each in _INVISIBLE.findall(line.text))
    if not found:
        return received
    lines = tuple(replace(line, text=_INVISIBLE.sub("", line.text)) for line in received.lines)
    told = (LeftOut(INVISIBLE, f"U+{ord(each):04X} ×{count}") for each, count in sorted(found.items()))
    return replace(received, lines=lines, left_out=(*received.left_out, *told))


def row(cells: Iterable[str]) -> Line:
    """A row of a table; an empty cell keeps its place."""
    texts = [" ".join(cell.split()) for cell in cells]
    return Line(CELL.join(texts), row=True)


_PAGE = re.compile(
    r"(?:当前位置|您(?:当前|现在)?(?:的|所在)?位置|所在位置)[:：].*"
    r"|(?:首页|主页) ?[>＞»›].*|[>＞»›] ?\S.{0,40}"
    r"|(?:【?(?:打印|打印本页|打印此页|关闭|关闭窗口|关闭本页|返回顶部|返回首页|我要打印|收藏|收藏本页|分享到?|复制链接|微信|微博|新浪微博|QQ空间|QQ好友|朋友圈|字体)】?[:：|/\[\]【】\s大中小]*)+"
    r"|(?:发布(?:日期|时间)|时间|日期)[:：] ?[0-9]{4} ?[-年./].{0,40}(?:浏览|阅读|点击|来源|访问)(?:次数|量)?.{0,60}"
    r"|(?:发布|更新|发稿|发文|成文)(?:日期|时间)[:：] ?[0-9]{4} ?[-年./] ?[0-9]{1,2} ?[-月./] ?[0-9]{1,2} ?日?"
    r"(?: [0-9:]{4,8})?"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量)[:：]? ?[0-9]*(?: ?次)?"
    r"|(?:扫一扫|分享到微信|用微信扫).{0,30}"
    r"|(?:上一篇|下一篇|上一条|下一条)[:：].*"
    r"|.{0,20}(?:版权所有|Copyright|copyright).*|.{0,160}(?:ICP备|公网安备|网站标识码).*"
    r"|(?:网站)?(?:首页|主页)(?: [\u4e00-\u9fff]{2,8}){2,12}"
    r"|(?:责任编辑|信息来源|稿件来源|网站编辑)[:：].{0,30}"
    r"|(?:索 ?引 ?号|(?:发布|发文)(?:机构|机关|单位)[:：]? ?.{0,40}(?:发布|成文|发文|生成)(?:日期|时间))[:：]?.{0,60}"
)
"""Lines that no government document prints and every web page of one does."""

_SHEET = re.compile(r"[-—–―－ ]*(?:第 ?)?[0-9]{1,3}(?: ?页)?(?: ?[/／共] ?(?:共 ?)?[0-9]{1,3} ?页?)?[-—–―－ ]*")


_CARD = re.compile(
    "(?:索引号|信息索引号|主题分类|主题词|组配分类|公文种类|体裁(?:分类)?|文种|[发制]文(?:机关|机构|单位|字号|日期|时间)|发布(?:机关|机构|单位|日期|时间)"
    "|(?:成文|生成|公开|公布|生效|实施|废止|失效)(?:日期|时间)|公开(?:方式|范围|类别|形式|属性)|文号|标题|文件名称|信息名称|名称|有效性|效力状态|服务对象"
    "|信息来源|来源)[:：](?P<said>.*)"
)
_CARD_FEWEST, _CARD_LINES = 3, 40
"""So many lines make a card; it stands among the first lines of a page."""


def without_card(received: Received) -> Received:
    """A document whose card, which a government's site puts before it (索引号, 发文机关, 成文日期, 标题, 发文字号, at
    its end 正文), is said to be the page's. A label may have what it says on the next line.
    """
    found: list[int] = []
    labels, waiting = 0, False
    for place, line in enumerate(received.lines[:_CARD_LINES]):
        text = "".join(line.text.split())
        label = _CARD.match(text)
        labels += label is not None
        ended = bool(found) and text == "正文"
        if label or ended or (waiting and text):
            found.append(place)
        elif text and not line.page:
            break
        waiting = label is not None and not label["said"] if text else waiting
        if ended:
            break
    if labels < _CARD_FEWEST:
        return received
    lines = (replace(line, page=True) if place in found else line for place, line in enumerate(received.lines))
    return replace(received, lines=tuple(lines))


def of_the_page(text: str) -> bool:
    """Whether a line of a web page surely is none of the document."""
    return _PAGE.fullmatch(" ".join(text.split())) is not None


def of_the_sheet(text: str) -> bool:
    """Whether a line at the edge of a sheet is its number: — 3 —, 第 3 页."""
    return _SHEET.fullmatch(text.strip()) is not None
