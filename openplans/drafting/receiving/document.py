"""A received document: its lines in order, each a line of running text or a row of a table.

Apart from the formats, because all of them make one, and the cutting of clauses knows nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

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
class Received:
    """A document as received. `title` is what the file says of its own title, "" where it says nothing; `dropped` are
    the numbers of sheets of paper, which stand in the middle of sentences and are left out of the source."""

    lines: tuple[Line, ...]
    title: str = ""
    dropped: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The text of the document with whatever the page adds, a line each."""
        return "\n".join(line.text for line in self.lines) + "\n"

    @property
    def boilerplate(self) -> list[str]:
        """What surely is not the document's, in order."""
        return [line.text.strip() for line in self.lines if line.page and line.text.strip()]


def row(cells: Iterable[str]) -> Line:
    """A row of a table; an empty cell keeps its place."""
    texts = [" ".join(cell.split()) for cell in cells]
    return Line(CELL.join(texts), row=True)


_PAGE = re.compile(
    r"(?:当前位置|您(?:当前|现在)?(?:的|所在)?位置|所在位置)[:：].*"
    r"|(?:首页|主页) ?[>＞»›].*|[>＞»›] ?\S.{0,40}"
    r"|(?:【?(?:打印|打印本页|打印此页|关闭|关闭窗口|关闭本页|返回顶部|返回首页|我要打印|收藏|收藏本页|分享到?|复制链接|微信|微博|新浪微博|QQ空间|QQ好友|朋友圈|字体)】?[:：|/\[\]【】\s大中小]*)+"
    r"|(?:发布(?:日期|时间)|时间|日期)[:：] ?[0-9]{4} ?[-年./].{0,40}(?:浏览|阅读|点击|来源|访问)(?:次数|量)?.{0,60}"
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


def of_the_page(text: str) -> bool:
    """Whether a line of a web page surely is none of the document."""
    return _PAGE.fullmatch(" ".join(text.split())) is not None


def of_the_sheet(text: str) -> bool:
    """Whether a line at the edge of a sheet is its number: — 3 —, 第 3 页."""
    return _SHEET.fullmatch(text.strip()) is not None
