"""What surely is none of a document and of the page that shows it: menus, cards, dates of publication, what leads away.

Comes in: a line, or a document as received. Goes out: whether it is the page's; the same document with its page marked.
A line is known by its form alone, or by where it stands: a government's site puts a card before its documents, and
links behind them. What might be the document's is left to it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from openplans.drafting.receiving.document import Line, Received
from openplans.text.folding import CELL

_PAGE = re.compile(
    r"(?:当前位置|您(?:当前|现在)?(?:的|所在)?位置|所在位置)[:：].*"
    r"|(?:首页|主页) ?[>＞»›].*|[>＞»›] ?[^\s0-9].{0,40}"
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
    r"|[-—*=_]{3,}|(?:原文|详情页?|来源)(?:链接|网址|地址)[:：] ?https?://\S+"
    r"|20[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日? ?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    r"|(?:新闻|信息|政策|文件|公告|内容|文章|政务)(?:详情|正文|展示)"
    r"|(?:索 ?引 ?号|(?:发布|发文)(?:机构|机关|单位)[:：]? ?.{0,40}(?:发布|成文|发文|生成)(?:日期|时间))[:：]?.{0,60}"
)
"""Lines that no government document prints and every web page of one does."""


_LABEL = (
    "(?:信息)?索引号|主题分类|主题词|关键词|组配分类|信息分类|分类|公文种类|体裁(?:分类)?|文种|[发制]文(?:机关|机构|单位|字号|日期|时间)"
    "|发布(?:机关|机构|单位|日期|时间)|(?:成文|印发|生成|更新|公开|公布|生效|实施|到期|废止|失效)(?:日期|时间)"
    "|公开(?:方式|范围|类别|形式|属性|时限)|文号|文件(?:名称|编号|状态)|信息名称|标题|名称|政策(?:标题|名称?|文号|状态)|统一编号"
    "|规范性文件编号|有效性|有效期|效力状态|时效性?|服务对象|内容概述|语种|(?:信息|文章|稿件)?来源|作者|发布人"
    "|(?:原文|详情页?|具体|来源)?(?:链接|网址)|检索(?:时间|关键词)"
)
"""What the cards of governments' sites tell of a document."""

_TOOLS = "(?:浏览|阅读|访问)(?:次数|量)|点击(?:数|量|率)|字体(?:大小)?|字号|责任编辑|编辑|审核|打印|分享到?|时间|日期"
"""What stands beside them in a line below the title."""

_ENTRY = re.compile(rf"[•·●▪■◆*-]?(?:{_LABEL})[:：].*")
_ANY_ENTRY = re.compile("[•·●▪■◆*-]?[\u4e00-\u9fff]{2,6}[:：].*")
"""An entry of a card, where others stand around it."""

_CARD_ENDS = re.compile("正文(?:内容)?|(?:政策|文件)?全文|基本信息")
_ENTRIES = re.compile(rf"(?:^|(?<=[\s{CELL}\[【(（|]))(?:{_LABEL}|{_TOOLS})[:：]")
_OF_SITES = re.compile("发布|浏览|阅读|访问|点击|字体|字号|责任编辑|(?:信息|文章|稿件)来源")
_NAME = re.compile(rf"(?:{_LABEL})[:：]?")
_TITLE_ENDS = re.compile("(?:通知|意见|方案|规划|计划|纲要|办法|要点|措施|决定|清单|分工|报告)(?:[(（].*)?$")
_CARD_FEWEST, _CARD_LINES, _ABOVE = 3, 60, 2
"""So many labels make a card; it stands among the first lines of a page, under two lines at most: the site's title."""

_BEHIND_LINES = 30
"""Among so many last lines of a document those of its page are looked for."""

_AWAY = re.compile(
    "[【\\[]?(?:(?:相关|政策|文件)?(?:解读|链接|附件|阅读|新闻|稿件|图解)(?:材料|文件|信息|链接)?|(?:相关|关联)(?:文件|信息|政策|细则|指南)"
    "|(?:附件|原文)(?:下载|列表))[】\\]]?[:：]?"
    r"|(?:链接|网址)[:：] ?https?://\S+"
    r"|(?:- ?)?(?!附件)[^:：]{1,80}\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|pptx?)(?:[(（].*)?"
    r"|(?:来源|作者|编辑|审核|校对|签发)[:：]\S{1,20}"
    r"|主办(?:单位)?[:：]\S*(?:政府|管委会|党委|办公[厅室])\S*\s*承办(?:单位)?[:：].*"
    r"|(?:(?:网站地图|联系我们|关于(?:本站|我们)|(?:网站|法律|隐私|版权)声明|使用帮助|设为首页|加入收藏|无障碍(?:浏览)?|手机版)[\s|｜·-]*)+",
    re.IGNORECASE,
)
"""Lines that lead away from a document, or tell of its site, where they stand behind it."""


def of_the_page(text: str) -> bool:
    """Whether a line of a web page surely is none of the document."""
    line = " ".join(text.split())
    entries = _ENTRIES.findall(line) if _ENTRIES.match(line) else []
    return _PAGE.fullmatch(line) is not None or (len(entries) > 1 and any(map(_OF_SITES.match, entries)))


def without_page(received: Received) -> Received:
    """A document whose card and whose links at the end, which a government's site puts around it, are marked as the
    page's."""
    lines = list(received.lines)
    for place in (*range(len(lines))[:_CARD_LINES], *range(len(lines))[-_BEHIND_LINES:]):
        lines[place] = replace(lines[place], page=lines[place].page or of_the_page(lines[place].text))
    for place in (*_card(lines), *_behind(lines)):
        lines[place] = replace(lines[place], page=True)
    return replace(received, lines=tuple(lines))


def _card(lines: list[Line]) -> list[int]:
    """Where the card stands (索引号, 发文机关, 成文日期, 标题, 发文字号, at its end 正文). What a label says may stand
    on the next line. What stands above the card and again below it is the title of the page."""
    texts = ["".join(line.text.split()) for line in lines]
    found: list[int] = []
    above: list[int] = []
    labels, waiting = 0, False
    for place, text in enumerate(texts[:_CARD_LINES]):
        own, passes = _labels(lines[place]), bool(found) and _ANY_ENTRY.fullmatch(text) is not None
        ended = bool(found) and _CARD_ENDS.fullmatch(text) is not None
        if own or ended or (waiting and text and not _is_the_title(text, texts[place + 1 :])):
            found.append(place)
        elif text and not lines[place].page and not passes:
            if found or len(above) == _ABOVE:
                break
            above.append(place)
        waiting = own > 0 and text.endswith((":", "：")) if text else waiting
        labels += own
        if ended and text != "基本信息":
            break
    if labels < _CARD_FEWEST:
        return []
    again = set(texts[found[-1] + 1 :])
    inside = (place for place in range(found[0], found[-1]) if texts[place])
    return [*(place for place in above if texts[place] in again), *inside, found[-1]]


def _labels(line: Line) -> int:
    """How many things of a card a line tells: a label and what it says, or a row of such pairs."""
    if line.row:
        names = line.text.split(CELL)[::2]
        return len(names) if all(_NAME.fullmatch("".join(name.split())) for name in names) else 0
    return int(_ENTRY.match("".join(line.text.split())) is not None)


def _is_the_title(text: str, below: list[str]) -> bool:
    """Whether a line behind a label that says nothing is the title of the document, and stands nowhere below."""
    return _TITLE_ENDS.search(text) is not None and text not in below


def _behind(lines: list[Line]) -> list[int]:
    """Where what leads away stands: at the end, beside lines that surely are the page's."""
    found: list[int] = []
    written = [place for place, line in enumerate(lines) if line.text.strip()]
    for place, above in zip(reversed(written), [*reversed(written[:-1]), None], strict=True):
        beside = bool(found) or (above is not None and lines[above].page)
        if lines[place].page or (beside and _AWAY.fullmatch(lines[place].text.strip())):
            found.append(place)
        else:
            break
    return found
