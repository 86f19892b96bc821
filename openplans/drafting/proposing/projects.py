"""Named works that a sentence plans, starts, goes on with or completes -> projects; what the document encloses -> attachments.

Apart, because a work is told by its name and the verb before it, whether a figure stands there or not.
"""

from __future__ import annotations

import re

from openplans.drafting.proposing.quoting import Quoting
from openplans.drafting.proposing.reading import Reading
from openplans.drafting.proposing.tasks import Works
from openplans.packages.read import Row

_STAGES = {
    "complete": "建成通车|建成投用|建成|完工|竣工|投入使用|投用|通车",
    "start": "开工建设|开工|启动建设|启动|新开工",
    "plan": "谋划推进|谋划|规划建设|前期|研究|争取开工|储备",
    "continue": "加快推进|全力推进|扎实推进|持续推进|大力推进|提速建设|加快建设|加快|推进|续建|建设",
}
_VERB = re.compile("|".join(f"(?P<{stage}>{words})" for stage, words in _STAGES.items()))
_WORK = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9“”·—～~至()（）-]{2,28}?(?:铁路|高铁|高速公路|高速|公路|大道|大桥|隧道|枢纽|机场|码头|航道|水库|电站|变电站|医院(?:[\u4e00-\u9fff]{1,4}院区)?"
    r"|综合体|产业园|水厂|污水处理厂|博物馆|体育馆|图书馆|文化馆|展览馆|(?:改造|建设|改建|迁建|扩建|延伸|提升|治理|整治)工程|支线|连接线|互通|院区|校区|快速路|国道[\u4e00-\u9fff]{0,8}段))"
)
_GENERIC = re.compile(
    r"^(?:[一二三四五六七八九十两几]|各|全|等|一批|城乡|农村|乡村|村级|基层|重点|重大|优质|高效|国省道|高标准|公立|数字|智慧|相关|县级|民办|城市|基础|人工|现代|综合|学校|公共|养老|互联)|提升行动|基础设施|系统"
)
_ATTACHED = re.compile(r"^ ?附 ?[件表录] ?[0-9一二三四五六七八九十]{0,3} ?[:：]? ?")


def propose(reading: Reading, works: Works) -> list[Row]:
    """The named works of the running text and of tasks' rows."""
    rows: list[Row] = []
    seen: set[str] = set()
    for clause in reading.clauses:
        if clause["kind"] not in ("paragraph", "table_row"):
            continue
        text, quoting = reading.text(clause), Quoting()
        quoting.begin(clause["text"])
        for verb in _VERB.finditer(text):
            found = _WORK.match(text, verb.end())
            name = clause["text"][found.start("name") : found.end("name")] if found else ""
            if not found or name in seen or _GENERIC.search(name) or len(name) < 4:
                continue
            seen.add(name)
            stage = str(verb.lastgroup)
            dated = reading.dated(clause, verb.start())
            rows.append(
                Row(
                    project_id=f"draft-p{len(rows) + 1:03}", clause_id=clause["clause_id"],
                    task_id=works.task_at(reading, clause, verb.start()), name=name, stage=stage,
                    period_end=dated.year if stage in ("start", "complete") and dated.printed else "",
                    quote=quoting.quote(verb.start(), found.end("name")), confidence="0.75", rule="verb-and-name-of-a-work",
                )
            )  # fmt: skip
    return rows


def attachments(reading: Reading) -> list[Row]:
    """What the document says it encloses: present where anything stands under the annex."""
    rows = []
    for clause in reading.clauses:
        if clause["kind"] != "annex":
            continue
        below = reading.children.get(clause["clause_id"], [])
        title = _ATTACHED.sub("", clause["text"]).strip() or next(
            (each["text"] for each in below if each["kind"] == "heading"), ""
        )
        if title:
            rows.append(
                Row(
                    attachment_id=f"draft-a{len(rows) + 1:03}", clause_id=clause["clause_id"], title=title,
                    status="present" if below else "missing", confidence="0.90", rule="annex",
                )
            )  # fmt: skip
    return rows
