"""Are the codes of references, notes and attachments those that their words admit? Is a promise in words passed over?

Comes in: a plan. Goes out: rows whose reason or kind nothing in them speaks for, attachments that are not what the
document encloses, and words that promise (全覆盖, 零增长, 与…同步) and are in no row. Apart, because these are lists of
words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.quoted import occurrences
from openplans.packages.read import Package, Row
from openplans.rules.document import stands_whole
from openplans.rules.hits import Hit, at, once
from openplans.rules.quotes import squeezed
from openplans.schema.vocabulary import codes
from openplans.text import comparators
from openplans.text.both import digits, digits_in_words, mantissas, one_number, other_numbers
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

_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile("[A-Za-z]{2,}")

_IN_CHINESE = {
    "targets": ("note",), "baselines": ("note",), "updates": ("statement", "next_step"), "retired": ("reason",),
    "observations": ("note",), "left_out": ("reason",),
}  # fmt: skip
"""The remarks that have no English beside them."""

FEWEST_WORDS = 2
"""Words that an English comment has of its own: it may quote any number of Chinese ones."""

_NOTES = {
    "typo": re.compile(r"脱|缺|衍|误|重字|多印|不成词|搭配不当|错乱|少一字|重复|没有“|分隔符|句号|标点|不完整|叠用"),
    "missing": re.compile(r"没有|未写|未说明|未列|未印|不写|无从|只见于|没有印|未收"),
    "naming": re.compile(r"作“|称|写“|写法|名称|用“|登记|正文为.*单位"),
    "numbering": re.compile(r"编号|序号|没有第\d"),
    "date": re.compile(r"日期|落款|\d{4}年.*月"),
    "conflict": re.compile(r"."),
    "other": re.compile(r"."),
}
"""What the comment of a note needs to say for a kind to hold; a conflict needs two places as well."""


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


def note_kind_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A note's comment speaks of what its kind names; a conflict has two places."""
    for row in plan["notes"]:
        own = row["kind"] in _NOTES and _in_chinese(row["comment_zh"])
        spoken = _NOTES[row["kind"]].search(row["comment_zh"]) if own else True
        if not spoken or (row["kind"] == "conflict" and not row["other_quote"] and not row["other_clause_id"]):
            yield at(plan.tables["notes"], row, "kind", kind=row["kind"], comment=row["comment_zh"][:40])


_MARKS = dict(zip("「」『』", "“”‘’", strict=True))
_CORNER = re.compile("[「」『』]")


def _in_chinese(text: str) -> bool:
    """Whether a comment is in Chinese, however much it quotes."""
    return 0 < len(_HAN.findall(text)) >= len(_WORD.findall(text))


def note_language_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A note's Chinese comment is in Chinese and its English one in English, however much they quote; all other remarks
    are in Chinese.
    """
    for name, columns in _IN_CHINESE.items():
        table = plan.tables.get(name)
        for row in table.rows if table else ():
            for column in columns:
                if len(_WORD.findall(row[column])) > len(_HAN.findall(row[column])):
                    yield at(table, row, column, comment=row[column][:40])
    if plan.kind != "plan":
        return
    for row in plan["notes"]:
        words = {column: len(_WORD.findall(row[column])) for column in ("comment_zh", "comment_en")}
        chinese = not row["comment_zh"] or _in_chinese(row["comment_zh"])
        for column, right in (("comment_zh", chinese), ("comment_en", words["comment_en"] >= FEWEST_WORDS)):
            if row[column] and not right:
                yield at(plan.tables["notes"], row, column, comment=row[column][:40])


def corner_bracket(world: World, package: Package) -> Iterator[Hit]:
    """Remarks in Chinese have the marks of the mainland (GB/T 15834): “” and not 「」, which a program put there. What
    updates state are the words of their sources.
    """
    for name, columns in {**_IN_CHINESE, "notes": ("comment_zh",)}.items():
        table = package.tables.get(name) if name != "updates" else None
        for row in table.rows if table else ():
            for column in columns:
                if found := _CORNER.search(row[column]):
                    yield at(table, row, column, value=found.group(), meant=_MARKS[found.group()])


def translation_differs(world: World, plan: Package) -> Iterator[Hit]:
    """The English comment of a note has a number of the Chinese one, or of what it quotes, where both have any."""
    for row in plan["notes"]:
        chinese = " ".join(row[column] for column in ("comment_zh", "quote", "other_quote"))
        if not one_number(chinese, row["comment_en"]):
            facts = {"english": row["comment_en"][:40], "chinese": row["comment_zh"][:40]}
            yield at(plan.tables["notes"], row, "comment_en", **facts)


def note_number_unsaid(world: World, plan: Package) -> Iterator[Hit]:
    """A number of a note's comment stands in the clauses that it is about, or in the other language too: of what is
    worked out, both tell.
    """
    clauses, known = plan.by_id("clauses"), _digits_of_head(plan)
    for row in plan["notes"]:
        about = [clauses[each]["text"] for each in (row["clause_id"], row["other_clause_id"]) if each in clauses]
        text = "\n".join([*about, row["quote"], row["other_quote"]])
        said = {column: digits(row[column]) for column in ("comment_zh", "comment_en")}
        for column, other in (("comment_zh", "comment_en"), ("comment_en", "comment_zh")):
            left = said[column].keys() - said[other].keys() - known
            left -= digits(text).keys() if left else set()
            left -= digits_in_words(f"{text}\n{row['comment_zh']}") if left else set()
            if left and one_number(f"{row['comment_zh']} {text}", row["comment_en"]):  # else another rule tells it
                number = said[column][min(left)]
                yield at(plan.tables["notes"], row, column, number=number, clause=row["clause_id"])


def note_numbers_differ(world: World, plan: Package) -> Iterator[Hit]:
    """No number of a note's comment is another in the other language."""
    clauses = plan.by_id("clauses")
    for row in plan["notes"]:
        if (apart := other_numbers(row["comment_zh"], row["comment_en"])) and one_number(
            f"{row['comment_zh']} {row['quote']} {row['other_quote']}", row["comment_en"]
        ):
            about = [clauses[each]["text"] for each in (row["clause_id"], row["other_clause_id"]) if each in clauses]
            printed = mantissas("\n".join([*about, row["quote"], row["other_quote"]]))
            wrong = "comment_zh" if mantissas(apart[0]).keys() - printed.keys() else "comment_en"
            yield at(plan.tables["notes"], row, wrong, chinese=apart[0], english=apart[1])


_WORDLESS = {
    "retired": ("reason",), "updates": ("statement", "next_step", "source_title"), "sources": ("title", "publisher"),
    "left_out": ("indicator", "reason"), "targets": ("note",), "baselines": ("note",), "observations": ("note",),
}  # fmt: skip
"""The cells of free text."""
_NO_WORDS = re.compile(r"(?:https?://|www\.)\S+|[\d\s.,，、%/:：年月日-]+")


def no_words(world: World, package: Package) -> Iterator[Hit]:
    """What is to be said in words is no address, date or number alone, and not what a cell beside says already."""
    for name, columns in _WORDLESS.items():
        for row in package[name] if name in package.tables else ():
            for column in columns:
                if _NO_WORDS.fullmatch(row[column]):
                    yield at(package.tables[name], row, column, value=row[column])
            if name == "updates" and row["next_step"] and row["next_step"] == row["statement"]:
                yield at(package.tables[name], row, "next_step", value=row["next_step"])


_READ_AS = re.compile(r"(20\d\d)(?:[—–~-](20\d\d))?年?[记计]")
"""The years by which a note says that a row is read: 按方案期2023—2027年记."""
_HALF_READ = re.compile(r"按方案期末?[0-9—–~-]+年?[记计]")
"""Such years of which a digit is lost: 按方案期023—2027年记."""
_UNTIL = re.compile(r"(?<!句首“)到(20\d\d)年(?=[。；，]|$)")
"""The year up to which a note reckons: “三年”从2022年数起，到2025年."""
_PRINTED_AS = re.compile("(?:原文|文件)(?:写作?|作|为)“([^“”0-9０-９]{2,})”")
"""Words without a number that a note says are printed there: 原文为“全覆盖”."""
_QUOTED = re.compile("(?:原文|文件)[^“”；。]{0,6}“([^“”]*)”")
"""What a note says that the document prints: 原文作“688亿”."""


def note_unlike_row(world: World, plan: Package) -> Iterator[Hit]:
    """A note tells of the years of its own row, and a number that it quotes is printed in the document."""
    printed = squeezed(plan.source)
    for name in ("targets", "baselines"):
        for row in plan[name]:
            years = _READ_AS.search(row["note"])
            if not years and (half := _HALF_READ.search(row["note"])):
                yield at(plan.tables[name], row, "note", words=half[0], meant=row.get("period_end") or "-")
            if years and not _of_row(row, years[1], years[2]):
                end = row["period_end"] if "period_end" in row else row["period"]
                yield at(plan.tables[name], row, "note", words=years[0], meant=end or "-")
            last = _UNTIL.search(row["note"])
            if not years and last and "period_end" in row and not _of_row(row, last[1], None):
                yield at(plan.tables[name], row, "period_end", words=last[0], meant=row["period_end"] or "-")
            clause = folded(plan.by_id("clauses").get(row["clause_id"], Row(text=""))["text"])
            for words in _PRINTED_AS.findall(row["note"]) if clause else ():
                if not all(folded(each) in clause for each in words.split("……")):
                    yield at(plan.tables[name], row, "note", words=words, meant=row["quote"])
            for quote in _QUOTED.findall(row["note"]):
                lost = [each for each in quote.split("……") if re.search(r"\d", each) and squeezed(each) not in printed]
                if printed and lost:
                    yield at(plan.tables[name], row, "note", words=lost[0], meant=row["quote"])


def _of_row(row: Row, first: str, last: str | None) -> bool:
    """Whether years are those of a row's period, or its last one."""
    end = year_of(row["period_end"] if "period_end" in row else row["period"])
    start = year_of(row.get("period_start") or end)
    return end == "" or ((last or first) == end and (last is None or first == start))


def _digits_of_head(plan: Package) -> set[str]:
    """The years of a plan and the days that its descriptor names, as the comment of a note may say them."""
    head = [str(plan.descriptor.get(each)) for each in ("issued", "published", "effective_start", "effective_end")]
    years = [int(year) for each in head[2:] if (year := year_of(each))]
    return {*digits(" ".join(head)), *(str(year) for year in range(min(years, default=0), max(years, default=0) + 1))}


def attachment_differs(world: World, plan: Package) -> Iterator[Hit]:
    """An attachment's title stands in its annex clause, and it is present if clauses follow; every annex has one."""
    clauses = plan.by_id("clauses")
    filled = {row["parent_id"] for row in plan["clauses"]}
    table = plan.tables["attachments"]
    for row in table.rows:
        clause = clauses.get(row["clause_id"])
        if clause is None:
            continue
        kind = clause["kind"] if clause["kind"] in codes("clauses", "kind") else "annex"  # the schema says so of others
        text = _with_its_title(plan, clause)
        cut = _goes_on(row["title"], text)
        if kind != "annex" or cut or not stands_whole(row["title"], text):
            yield at(table, row, "title", title=row["title"], clause=row["clause_id"])
        annexes = [each for each in plan["clauses"] if each["kind"] == "annex"]
        beside = [each["clause_id"] for each in annexes if len(squeezed(each["text"])) < 5] + [row["clause_id"]]
        present = any(each in filled for each in beside)
        several = sum(1 for each in table.rows if each["clause_id"] == row["clause_id"]) > 1
        if not several and (row["status"] == "present") != present:
            yield at(table, row, "status", title=row["title"], clause=row["clause_id"])
    listed = {row["clause_id"] for row in table.rows}
    known = [row for row in table.rows if row["clause_id"] in clauses]
    astray = [row for row in known if clauses[row["clause_id"]]["kind"] != "annex"]
    for clause in _titled_annexes(plan):
        own = _with_its_title(plan, clause)
        if clause["clause_id"] not in listed and not any(stands_whole(row["title"], own) for row in astray):
            yield at(plan.tables["clauses"], clause, "text", title=clause["text"][:30], clause=clause["clause_id"])


def _goes_on(title: str, text: str) -> bool:
    """Whether a text has nothing before a title but its number, and goes on behind it with a letter."""
    before, own, behind = squeezed(text).partition(squeezed(title) or "\n")
    return bool(own and _HAN.match(behind)) and bool(re.fullmatch(r"附件\d*[::.]?(?:\d+[.、])?", before))


def _with_its_title(plan: Package, annex: Row) -> str:
    """The text of an annex clause; of a bare 附件1 with the line below it, where the document prints the title."""
    below = (row["text"] for row in plan["clauses"] if row["parent_id"] == annex["clause_id"])
    bare = len(squeezed(annex["text"])) < 5
    return str(next(below, annex["text"]) if bare else annex["text"])


def _titled_annexes(plan: Package) -> Iterator[Row]:
    """The annex clauses that name what is enclosed."""
    for row in plan["clauses"]:
        if row["kind"] == "annex" and re.sub(r"^附件\d*[::]?", "", squeezed(row["text"])):
            yield row
