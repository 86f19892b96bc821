"""Named works that a sentence plans, starts, goes on with or completes -> projects; what the document encloses ->
attachments.

Apart, because a work is told by its name and the verb before it, whether a figure stands there or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openplans.drafting.proposing import cells, naming
from openplans.drafting.proposing.quoting import Quoting
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.proposing.tasks import Works
from openplans.packages.read import Row
from openplans.text.folding import CELL, folded

_STAGES = {
    "complete": "建成通车|竣工通车|竣工投产|建成投用|建成并?投入使用|建成|完工|竣工|投入使用|投用|通车|完成",
    "start": "开工建设|新开工|开工|启动建设|启动实施|启动",
    "plan": "谋划推进|谋划|规划建设|前期|研究|争取开工|储备",
    "continue": "加快推进|全力推进|扎实推进|持续推进|大力推进|提速建设|加快建设|加快|推进|续建|建设|实施",
}
_VERB = re.compile("|".join(f"(?P<{stage}>{words})" for stage, words in _STAGES.items()))
_ENDS = (
    r"铁路|高铁|高速公路|高速|公路|大道|大桥|隧道|枢纽|机场|码头|航道|水库|电站|变电站|医院(?:[\u4e00-\u9fff]{0,4}院区)?|综合体|产业园(?!区)|湿地公园"
    r"|水厂|污水处理厂|博物馆|体育馆|图书馆|文化馆|展览馆|体育中心|客运中心|物流园(?!区)|支线|连接线|互通|院区|校区|快速路|国道[\u4e00-\u9fff]{0,8}段"
    r"|(?:改造|建设|改建|迁建|扩建|新建|延伸|提升|治理|整治|加固|引水|调水|供水|配套|扩容|绕城|通道)(?:二期|一期|三期)?(?:工程|项目)|[一二三]期(?:工程|项目)|小镇项目|楼|桥|[东南西北]?延线|[东南西北]环线|泵站|水闸|(?:游客|会展|奥体|大数据|商贸|文化艺术)(?:服务|集散)?中心"
)
_LOOSE = r"扩容改造|改造提升|整合提升|续建配套|配套改造|迁建|扩建|改建|段|项目"
"""How the name of a work may end where nothing but a mark follows."""

_CHARACTER = (
    r"(?:(?![及和与等])|(?=[和与及](?:现代化|配套|修复|保护|治理|节水|提升|改造)))"
    r"[\u4e00-\u9fffA-Za-z0-9“”·—～~至()（）-]"
)
_WORK_ON_IT = (
    "(?:改扩建|新改建|升级改造|改造升级|改造提升|改造|建设|改建|迁建|扩建|新建|延伸|提升|提质|治理|整治|加固)"
    "(?:[一二三]期)?(?:工程|项目)"
)
"""What is done to a work belongs to its name: 公路改扩建工程."""
_AFTER = "(?=$|[^\u4e00-\u9fff]|[及和与等的并建前规开投竣完通改扩迁提续增项清工])"
"""What may follow the name of a work: 县中医院 is none in 县中医院康养楼."""
_WORK = re.compile(
    rf"(?P<name>{_CHARACTER}{{2,28}}?(?:(?:{_ENDS})(?:{_WORK_ON_IT}|{_LOOSE})?{_AFTER}|{_CHARACTER}{{2,12}}?(?:{_LOOSE})(?=[,，。;；、]|$)))"
)
_NEXT = re.compile("[、和及与](?!其)")
_BY = r"(?:(?:[到至在于])?(?:20[0-9]{2}年)?(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|年内|上半年|下半年|年)?[底末]?前?)"
"""A date between the name and the verb: 新校区9月1日前投入使用."""
_DONE = re.compile(
    rf"(?:^|(?<=[,;:。{CELL}]))(?P<name>{_CHARACTER}{{2,28}}?(?:{_ENDS})(?:{_WORK_ON_IT})?){_BY}?"
    "(?P<verb>建成通车|竣工通车|竣工投产|建成投用|建成(?=[,;。]|$)|投入使用|投用|竣工|开工建设|开工)"
)
_GENERIC = re.compile(
    r"^(?:(?!(?:[一二三四五六七八九十]|全)[\u4e00-\u9fff]{1,2}[县市区镇乡村])(?:[一二三四五六七八九十两几]|全)|各|等|一批|城乡|农村|乡村|村级|基层|重点|重大|优质|高效|国省道|高标准|公立|数字|智慧|相关|县级|民办|城市|基础|人工|现代|综合|学校|公共|养老"
    r"|互联|老旧|城镇|乡镇|县城|城区老|小型|中小|大中型|病险|中型|农田|农业|水利|生态|市政|民生|标志|产业|示范|省级|国家|市级|区域|规模|特色|绿色|红色|以|对|和|好|了|的|有|打通|提升|接入|改造|新改建|新建项目|跨|多式|土地|消费|领域|居住)"
    r"|提升行动|基础设施|系统|以上|[0-9]{1,6}[个座条公里万亩所处家户]|等(?:项目|工程)$|[类批]|(?:重点|重大|建设|示范|试点)(?:项目|工程)$|^.{0,6}配套(?:项目|工程)$"
)
_ATTACHED = re.compile(r" ?附 ?[件表录] ?[0-9一二三四五六七八九十]{0,3} ?:? ?(?:[0-9]{1,2}[.、] ?)?")


def propose(reading: Reading, works: Works) -> list[Row]:
    """The named works of the running text, of tasks' rows and of lists of projects."""
    rows: list[Row] = []
    seen: set[str] = set()
    for clause in reading.clauses:
        if clause["kind"] not in ("paragraph", "table_row"):
            continue
        listed = cells.works(reading, clause) if clause["kind"] == "table_row" else ""
        for found in [_listed(clause, listed)] if listed else _told(reading, clause):
            if found.name not in seen and len(found.name) >= 4 and found.name.count("“") == found.name.count("”"):
                seen.add(found.name)
                rows.append(_row(reading, works, clause, found, len(rows) + 1))
    return rows


@dataclass(frozen=True)
class _Found:
    """A work in a clause: its name as printed, its stage, and where its quote begins and ends."""

    name: str
    stage: str
    start: int
    end: int
    rule: str


def _listed(clause: Row, name: str) -> _Found:
    """The work of a row in a list of projects: planned, unless the row says that it goes on (续建)."""
    start = folded(clause["text"]).index(name)
    printed = clause["text"][start : start + len(name)]
    stage = "continue" if re.search("续建|在建", clause["text"]) else "plan"
    return _Found(printed, stage, start, start + len(name), "row-of-a-list-of-works")


def _told(reading: Reading, clause: Row) -> Iterator[_Found]:
    """The works that a sentence names behind a verb, one or several, or before it (新院区投入使用)."""
    text, printed = reading.text(clause), clause["text"]
    reached = 0
    for verb in _VERB.finditer(text):
        place: int | None = verb.end()
        while place is not None and verb.start() >= reached and (found := _WORK.match(text, place)):
            if _GENERIC.search(found["name"]):
                break
            yield _Found(
                printed[place : found.end()], str(verb.lastgroup), verb.start(), found.end(), "verb-and-name-of-a-work"
            )
            following = _NEXT.match(text, found.end())
            place = following.end() if following else None
    for found in _DONE.finditer(text):
        if not _GENERIC.search(found["name"]):
            stage = next(stage for stage, words in _STAGES.items() if re.fullmatch(words, found["verb"]))
            lead = naming.LEAD.match(found["name"])  # 确保…竣工通车
            start = found.start("name") + (lead.end() if lead else 0)
            yield _Found(printed[start : found.end("name")], stage, start, found.end(), "name-of-a-work-and-verb")


def _row(reading: Reading, works: Works, clause: Row, found: _Found, number: int) -> Row:
    quoting = Quoting()
    quoting.begin(clause["text"])
    dated, due = reading.dated(clause, found.start), reading.deadline(clause)
    told = found.stage in ("start", "complete") and dated.printed and not dated.note
    return Row(
        project_id=f"draft-p{number:03}",
        clause_id=clause["clause_id"],
        task_id=works.task_at(reading, clause, found.start),
        name=found.name,
        stage=found.stage,
        period_end=dated.year if told else due.end if due else "",
        quote=quoting.quote(found.start, found.end),
        confidence="0.90" if "list" in found.rule else "0.75",
        rule=found.rule,
    )


def attachments(reading: Reading) -> list[Row]:
    """What the document says it encloses: present where anything stands under the annex."""
    rows: list[Row] = []
    annexes = [each for each in reading.clauses if each["kind"] == "annex"]
    titles = {each["clause_id"]: _enclosed(reading, each) for each in annexes}
    filled = {each["clause_id"] for each in annexes if reading.children.get(each["clause_id"])}
    bare = any(not _titled(reading, each) and each["clause_id"] in filled for each in annexes)
    for clause in annexes:
        below = bare or clause["clause_id"] in filled  # a bare 附件 holds what the list of titles names
        title = titles[clause["clause_id"]]
        if title and all(title != row["title"] for row in rows):
            rows.append(
                Row(
                    attachment_id=f"draft-a{len(rows) + 1:03}",
                    clause_id=clause["clause_id"],
                    title=title,
                    status="present" if below else "missing",
                    confidence="0.90",
                    rule="annex",
                )
            )
    return rows


def _titled(reading: Reading, annex: Row) -> str:
    """What stands behind the mark of an annex (附件1:…); "" behind a bare one."""
    mark = _ATTACHED.match(reading.text(annex))
    return str(annex["text"][mark.end() if mark else 0 :]).strip()


def _enclosed(reading: Reading, annex: Row) -> str:
    """The title of an annex: behind its mark, or the line below a bare one."""
    title = _titled(reading, annex)
    below = reading.children.get(annex["clause_id"], [])[:1]
    return title or next(
        (each["text"].strip() for each in below if each["kind"] in ("title", "heading") and not each["number"]), ""
    )
