"""Is the reason of a reference the one that its words admit? Is a promise in words passed over?

Comes in: a plan. Goes out: rows whose reason nothing in them speaks for, and words that promise (全覆盖, 零增长,
与…同步) and are in no row. Apart, because these are lists of words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.quoted import occurrences
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at, once
from openplans.rules.quotes import squeezed
from openplans.text import comparators
from openplans.text.folding import CELL, folded
from openplans.text.numbering import NOTE
from openplans.text.period import year_of
from openplans.text.quantities import CLEARED, figures

_PROMISES = re.compile(
    rf"基本全覆盖|全覆盖|一半|半数|零增长|{CLEARED}|翻[一两]?番|与[^,。;]{{2,20}}同步|快于|逐年(?:上升|提高|增加)|零的突破|超额完成"
)
"""Words that promise without a figure; a target, or a row of references that says why not, accounts for each."""

_IN_QUOTES = re.compile(r"[“\"][^”\"]+[”\"]")

_DATE = re.compile(
    r"^(?:到|至|力争)?[(]?(?!\d{4}[万亿余多]*[元吨亩户人个家名次座处项条张所支辆公平米斤千%])"
    r"(?:\d{4}(?:[—–-]*\d{4})?年?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?|\d{6,8})(?!.*[划〕])"
)

_REASONS = {
    "date": _DATE,
    "document_number": re.compile(r"〔\d{4}〕"),
    "road": re.compile(r"国道|省道|县道|高速|铁路|[GS]\d+"),
    "ordinal": re.compile(
        r"第?[一二三四五六七八九十\d]+(?:次|届|轮|批|级|周年|产业|位|名|个)|第[一二三\d]|首|新一轮|二十|[前后][一二三四五六七八九十\d]"
    ),
    "threshold": re.compile(r"以上|不足|以下|以内|超|元|岁|百亿|级$|[\d十百千万亿][亩头只羽匹尾株吨米人户方]"),
    "list_number": re.compile(r"[一二三四五六七八九十]是|(?<![\d.])\d+[.、](?!\d)"),
    "brand": re.compile(r"℃|品牌|优产|鲜|[“\"]"),
    "slogan": re.compile(r"[“\"]|一|[二三两百千万四]"),
    "name": re.compile(r"[\w“]"),
    "other": re.compile(
        r"[一二三四五六七八九十两\dN千万]+(?:大|个|批|种|次|条|级|手|所|轮|片|名|人|年|定)|千人|一定|[\d.]+(?:[%‰]|[万亿]*[\u4e00-\u9fff])|[\d.:/]+$|[一二三四五六七八九十两百千]件|百分之"
    ),
}
"""What a quote needs for a reason to hold; the first four reasons also need no other."""

_SIZED = re.compile(r"^[\d.]+(?:[%‰]|[万亿]?[元吨亩户])")
"""A size or a share, which is hardly ever named for nothing."""

_EXCUSES = re.compile(
    r"奖|补[助贴]|罚|给予|已|现有|目前|现状|截至|以来|(?:从|由)[^,;。]{0,12}$|全[省市县区州旗镇乡村][\u4e00-\u9fff]{0,4}$"
    r"|(?<![较比])[上去]年|基[数期]|实际|完成值|当前"
)
"""Before a figure, in its sentence or the head of its table: why it promises nothing."""

_LOOSE = ("other", "name")
"""Reasons that nearly any words admit, under which a promise could hide."""

_SPAN = re.compile(r"[前后近]?[一二两三四五六七八九十\d]+(?:年|个?月|日|天|个?季度|周)")
"""A span of time or a day, which are dates as well as what their words say."""

_SURE = ("document_number", "date", "list_number")
"""Reasons that a quote of their form cannot be denied."""

_MEETING = re.compile(r"第[一二三四五六七八九十百0-9]+[次届期][\u4e00-\u9fff]{0,8}")
"""The number of a meeting, which is nothing else: 第24次常务会议."""

_OF_A_PAGE = re.compile(r"浏览|点击|阅读|访问|访客|下载|转发|评论|收藏|点赞|分辨率|索引|组配|值班")
"""What a web page counts of itself, beside the figure."""


def promise_not_accounted(world: World, plan: Package) -> Iterator[Hit]:
    """Every promise in words is in the quote of a target, baseline, project or reference."""
    quoted: defaultdict[str, set[int]] = defaultdict(set)
    clauses = plan.by_id("clauses")
    for table in ("targets", "baselines", "projects", "references"):
        for row in plan[table]:
            text = clauses[row["clause_id"]]["text"] if row["clause_id"] in clauses else ""
            for start in occurrences(text, row["quote"]):
                quoted[row["clause_id"]].update(range(start, start + len(row["quote"])))
    for clause in plan["clauses"]:
        for found in _PROMISES.finditer(clause["text"]):
            if found.end() - 1 not in quoted[clause["clause_id"]]:
                around = clause["text"][max(0, found.start() - 12) : found.end() + 12]
                facts = {"words": found.group(), "clause": clause["clause_id"], "around": around}
                yield at(plan.tables["clauses"], clause, "text", **facts)


def boilerplate_promises(world: World, plan: Package) -> Iterator[Hit]:
    """What a page says besides the document has no figure of anything but the page, and promises nothing."""
    for piece in plan.descriptor["boilerplate"]:
        text = folded(piece)
        counted = [each for each in figures(piece, world.unit_names) if each.unit and not each.is_time]
        own = [each.text for each in counted if not _OF_A_PAGE.search(text, max(0, each.start - 10), each.end + 4)]
        if said := [*own, *_PROMISES.findall(text)]:
            yield at(None, column="boilerplate", words="、".join(said), text=piece[:60])


def reason_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The reason why a number promises nothing suits its quote; the same name has the same reason in all plans."""
    for row in plan["references"]:
        meant = admitted(world, row)
        if row["reason"] not in meant:
            facts = {"reason": row["reason"], "meant": "/".join(meant), "quote": row["quote"]}
            same = [each for each in plan["references"] if (each["clause_id"], each["quote"]) == _place_of(row)]
            yield at(plan.tables["references"], row, "quote" if len(same) > 1 else "reason", **facts)


def _place_of(row: Row) -> tuple[str, str]:
    return row["clause_id"], row["quote"]


def reason_hides_promise(world: World, plan: Package) -> Iterator[Hit]:
    """No promise stands behind a reason that nearly any words admit."""
    for row in plan["references"]:
        loose = row["reason"] in _LOOSE and row["reason"] in admitted(world, row)
        if loose and _promised(world, plan, row):
            yield at(plan.tables["references"], row, "reason", reason=row["reason"], quote=row["quote"])


def admitted(world: World, row: Row) -> list[str]:
    """The reasons that a reference's words admit."""
    quote = _bare(row)
    sure = ["ordinal"] if _MEETING.fullmatch(quote) else [each for each in _SURE if _REASONS[each].search(quote)]
    if not sure and (usual := _common_reasons(world).get(_core(row["quote"]))):
        return [usual]
    others = [each for each, pattern in _REASONS.items() if each not in _SURE and pattern.search(quote)]
    return (sure[:1] or others) + (["date"] if _SPAN.fullmatch(quote) and "date" not in sure else [])


def _bare(row: Row) -> str:
    """A row's quote with half-width signs, without the blanks and cell marks around it."""
    return folded(row["quote"]).strip(f" {CELL}")


def _promised(world: World, plan: Package, row: Row) -> bool:
    """Whether a figure said to promise nothing is one that does: a size, a share, or with a word such as 达到 or 以上,
    and nothing in its sentence says that it is a reward, or so already.
    """
    clause = plan.by_id("clauses").get(row["clause_id"], Row(text="", kind=""))
    place = clause["text"].find(row["quote"])
    own = [
        each for each in figures(clause["text"], world.unit_names) if place <= each.start < place + len(row["quote"])
    ]
    if place < 0 or not own or not any(each.text[0] in "0123456789" for each in own):
        return False
    if not _SIZED.match(_bare(row)) and not any(each.comparator in comparators.WAYS for each in own):
        return False
    text = folded(clause["text"])
    if NOTE.match(text.strip()):
        return False
    begin = max(text.rfind(mark, 0, own[0].start) for mark in "。;!?") + 1
    said = text[begin : own[0].start]
    begins = year_of(plan.descriptor["effective_start"])
    past = [year for year in re.findall(r"((?:19|20)\d{2}) ?年", said) if year < begins]
    based = text.startswith("的基础上", own[-1].end) or text.startswith("基础上", own[-1].end)
    return not (past or based or _EXCUSES.search(said) or _under_a_past_head(plan, clause))


def _under_a_past_head(plan: Package, clause: Row) -> bool:
    """Whether a row stands in a table one of whose columns tells what is so already (2023年基期值)."""
    rows = [each for each in plan["clauses"] if clause["kind"] == each["kind"] == "table_row"]
    return any(each["parent_id"] == clause["parent_id"] and _EXCUSES.search(folded(each["text"])) for each in rows)


def usual_reasons(world: World, plan: Package) -> dict[str, str]:
    """The reasons that all plans together give the names of this one, where several rows have the name."""
    common = _common_reasons(world)
    cores = {_core(row["quote"]) for row in plan["references"]}
    return {core: common[core] for core in sorted(cores & common.keys())}


def _core(quote: str) -> str:
    """What of a quote is the name: the words between quotation marks, or all of it."""
    inner = _IN_QUOTES.search(quote)
    return squeezed(inner.group()[1:-1] if inner else quote)


@once
def _common_reasons(world: World) -> dict[str, str]:
    """The reason that a name has most often, of those that several rows have."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for plan in world.project.plans:
        for row in plan.tables["references"].rows if "references" in plan.tables else ():
            found[_core(row["quote"])][row["reason"]] += 1
    return {core: reasons.most_common(1)[0][0] for core, reasons in found.items() if reasons.total() > 1}
