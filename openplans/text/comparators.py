"""The comparator that the words around a number give: 不低于, 突破, 以上, 左右, ≥.

Comes in: folded text, where the number begins and ends and how far back its own clause reaches. Goes out: ge, gt, le,
lt, approx, eq, or "" where no word says anything. Knows no units and no values. What our pages call a comparator, and
its sign, stand in openplans/schema/plan.json.
"""

from __future__ import annotations

import re

WAYS = {"ge": "higher", "gt": "higher", "le": "lower", "lt": "lower"}
"""Which way a comparator leaves open: what is higher, or lower, meets it too. The others bind to the number."""

_BEFORE = {
    "ge": (
        "不低于 不得低于 不少于 不得少于 不小于 不得小于 不下于 不短于 不弱于 不亚于 不落后于 至少 最少 最低 "
        "多达 高达 达到 达至 "
        "提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 上升到 上升至 扩大到 扩大至 扩展到 扩展至 "
        "发展到 拓展到 拓展至 扩建到 扩建至 扩面到 扩面至 "
        "扩容到 扩容至 壮大到 恢复到 恢复至 回升到 回升至 跃升到 跃升至 攀升到 攀升至 增强到 "
        "拓宽到 拓宽至 延伸到 延伸至 延长到 延长至 增至 增到 升至 升到 提至 提到 迈上 跨上 站上 "
        "调高到 调高至 上调至 扩至 大于等于 "
        "大于或等于 ≥ >= =>"
    ),
    "le": (
        "不超 不得超 未超 不超过 不得超过 未超过 不超出 不高于 不得高于 不大于 不得大于 不多于 不得多于 不长于 至多 "
        "最多 最高 最长 控制在 控制到 限制在 限定在 "
        "缩小到 缩小至 缩短到 缩短至 缩减到 缩减至 下降到 下降至 降低到 降低至 降到 降至 减少到 减少至 减到 减至 "
        "压减到 压减至 压降到 "
        "压降至 压到 压至 缩至 缩到 下调到 下调至 "
        "压缩到 压缩至 压缩在 收窄到 收窄至 回落到 回落至 精简到 精简至 小于等于 小于或等于 ≤ <= =<"
    ),
    "gt": "超过 突破 高于 大于 多于 快于 超出 跨过 跨越 冲破 > 多过",
    "better": "优于 好于",
    "lt": "低于 小于 少于 不足 不到 不满 未满 未达 未到 短于 慢于 <",
    "approx": "大约 大概 约为 约占 约有 约合 约达 将近 接近 大致 差不多 近乎 ± ≈",
    "eq": "保持在 稳定在 维持在 稳定保持在 保持 稳定 维持 等于 下降 缩小 提高 提升 增长 增加 减少 降低 压减",
    "skip": "最低生活 最低工资 最低收购 最低保障 达标 达成 达产 通达 到达 超声 附近 邻近",
}
"""Words before a number; the one nearest to it decides. `skip` holds words that hold another and say something else."""

_CLOSE = {
    "ge": "达",
    "gt": "超逾破越",
    "approx": "约近",
}
"""Single characters, which count only right before the number."""

_ELSE = re.compile(
    "(?:[节集签预契条履合公违特制大]约|[附邻贴靠最就远亲]近|[通到下抵直送传发表转]达|[赶高反不未得]超|[打爆]破|[优卓跨穿翻]越)$"
)
"""Words in which such a character means something else: 节约, 附近, 下达."""

_THE_LESS = re.compile(
    "浓度|收入(?:之|倍差)?比|倍差|差距|[车生][桩师]比|能耗|[水电煤物]耗|排放|成本|费用|时[间长限]|周期|工期|班额"
    "|(?:失业|漏损|漏失|死亡|发生|空置|逾期|不良|损失|损耗|流失|负债|辍学|事故|投诉|超标|复发|贫困)率"
)
"""Of these less is better: 收入比优于2:1 is a gap of less, 师生比优于1:15 are more teachers."""

_WORD = {word: kind for kind, words in _BEFORE.items() for word in words.split()}
_LONGEST = max(map(len, _WORD))
_WORDS = re.compile(
    "|".join(  # 至 of 减少至少5 begins another word
        re.escape(word) + ("(?![少多])" if word.endswith("至") else "")
        for word in sorted(_WORD, key=lambda word: (-len(word), word))
    )
)
_CANCELS = re.compile("[占为是率前]|比例|比重|标准(?!的$)|要求|建成|新增|完成|培育|引进|创建|实施|开展")
"""Between a word and the number these begin a new statement: 达到省定标准的村占80%."""
_FAR = ("至少", "最少", "至多", "最多")
"""Words that reach over a verb: 至少建成5个."""

_ROUND = re.compile(r"(?P<at_least>(?<![以之网线楼车晚早马身路向础])上)$|(?P<over>(?<![通经超不渡度])过)$")
"""上 and 过 say something of a round number only: 上千家, 过千万元."""

_OVERCOME = re.compile(
    "[0-9十百千]{1,6}[多余]?[项个种款][^,;。:、0-9]{0,12}(?:技术|难题|瓶颈|产品|装备|材料|零部件|工艺)(?!人|市场|交易|[的合]|企业|出口|产值|收入)"
)
"""Behind 突破, what is overcome: 突破百项关键技术 is no more than a hundred; 产品突破100个 is."""
_DIFFICULT = re.compile("(?:技术|难题|瓶颈|装备|材料|零部件|工艺)$")
"""Between 突破 and a number, likewise: 突破关键技术10项."""
_CHANGED_TO = re.compile(
    "(?:(?P<up>提高|提升|增加|扩大|增强)|降低|压减|减少|缩短|压缩|压降)(?![到至])[^,;。0-9]{2,16}(?<!起)[至到]$"
)
"""提高有线电视高清机顶盒占比至75%: what changes stands between the verb and where it comes to."""
_BREAK = re.compile(r"[,;:。、()!?\u2026\u3000]")
REACH = 18
"""How far before a number a word of its clause is looked for: 不低于全省农村居民人均水平的95%."""

FAR = 64
"""How far back before a share of a level: 不低于当地城乡居民最低生活保障年标准平均水平的1.3倍."""
_OF_A_LEVEL = re.compile(
    "(?P<word>不低于|不得低于|不少于|不得少于|不高于|不得高于|不超过|达到|超过)[^,;:。、!?\u30000-9]{6,48}"
    "(?:水平|标准|支出|收入|工资|总[额量数]|规模|面积|人口|投资|[均值数])的$"
)

_FILL = r"\)?(?: ?\((?:%|[^()0-9]{0,6}[含次套间人]?[^()]{0,6})\))? ?"
_BEHIND = re.compile(
    rf"{_FILL}口?(?:[多余]?级?[及或]?(?:\(?不?含\)?)?)(?P<word>以上|之上|及以上|以下|之下|以内|之内|左右|上下|内(?!部|容|外|地|蒙|河|陆|涝|生|需|设|的?居))"
)
_NOUN_BEHIND = re.compile(
    r" ?(?P<noun>[\u4e00-\u9fff“”]{1,8}?)(?:\(含\))?[及或]?(?P<word>以上|以下|以内|左右)(?=[,;。、:!()\u3000 ]|$)"
)
_NO_NOUN = re.compile("^翻|[级模额线准均平度]$|[达超占为建增创]|以[上下内]|上一?年|年")
_UNKNOWN_UNIT = re.compile(r" ?(?P<noun>[\u4e00-\u9fff]{1,2})(?:\(含\))?[及或]?(?P<word>以上|以下|以内|左右)")
_AFTER = {
    "以上": "ge", "之上": "ge", "及以上": "ge", "以下": "le", "之下": "le", "以内": "le", "之内": "le", "内": "le",
    "左右": "approx", "上下": "approx",
}  # fmt: skip
_STRICT = {"ge": "gt", "le": "lt"}
"""What a bound says that leaves itself out: 50%(不含)以上."""


def behind(text: str, end: int, measured: bool) -> str:
    """What the words behind a number say; `measured` where a unit stands between, so that a noun may follow it."""
    if found := _BEHIND.match(text, end):
        said = _AFTER[found["word"]]
        return _STRICT.get(said, said) if "不含" in found.group() else said
    for pattern in (_NOUN_BEHIND,) if measured else (_UNKNOWN_UNIT, _NOUN_BEHIND):
        found = pattern.match(text, end)
        if found and not _NO_NOUN.search(found["noun"]):
            return _AFTER[found["word"]]
    return ""


def before(text: str, start: int, floor: int, unit: str, rounded: bool) -> str:
    """What the words before a number say, back to `floor` or the mark that begins its clause.

    `rounded` for a number of 十百千万亿 alone, before which 上 and 过 count. 高于全省平均2个百分点 gives no bound: the
    number is the difference.
    """
    window, out_of_reach = _clause(text, start, floor)
    if window.endswith("突破") and _OVERCOME.match(text, start):
        return ""
    if close := _close(window, rounded):
        return close
    if changed := _CHANGED_TO.search(window):
        return "ge" if changed["up"] else "le"
    kind, word, gap = _of_a_level(text, start, floor), "", ""
    for found in _WORDS.finditer(window):
        if found.start() < out_of_reach or _WORD[found.group()] == "skip" or _quoted(window, found.end()):
            continue
        if word not in _FAR or _WORD[found.group()] != "eq":  # 至少减少1/4
            if found.group() == "±" and kind and window[: found.start()].endswith(word):
                continue  # 不超过±3%
            word, gap = found.group(), window[found.end() :]
            kind = _WORD[word]
    if not kind or (_CANCELS.search(gap) and word not in _FAR) or (word == "突破" and _DIFFICULT.search(gap)):
        return ""
    apart = kind in ("gt", "lt") and unit.endswith("百分点") and len(gap) > 1
    if apart or (kind == "eq" and gap.strip()):
        return ""
    name = window[: len(window) - len(gap) - len(word)]
    return _way(name or text[max(0, start - FAR) : start]) if kind == "better" else kind


def _way(name: str) -> str:
    """What 优于 says of a name, or of the cells before its own: less, where less of it is better."""
    return "lt" if _THE_LESS.search(name) else "gt"


def _of_a_level(text: str, start: int, floor: int) -> str:
    """What is said of a share of something that is told at length, beyond the reach of a word elsewhere."""
    far = _OF_A_LEVEL.search(text, max(floor, start - FAR, 0), start)
    return _WORD[far["word"]] if far else ""


def _quoted(window: str, end: int) -> bool:
    """Whether a word that ends there is part of a name in quotes that close before the number: “最多跑一次”占98%."""
    inside, closing, _ = window[end:].partition("”")
    return bool(closing) and "“" not in inside


def _clause(text: str, start: int, floor: int) -> tuple[str, int]:
    """The text before a number that belongs to its own clause, and how many letters of it lie out of reach: with them
    no word is cut, and the 低于 of 不低于 is none.
    """
    start -= 3 * text.endswith("(含)", floor, start)  # 超过(含)100家
    begin = max(floor, start - REACH - _LONGEST, 0)
    for mark in _BREAK.finditer(text, begin, start):
        begin = mark.end()
    return text[begin:start].rstrip(" “\"'‘"), start - REACH - begin


def _close(window: str, rounded: bool) -> str:
    """What a single character right before the number says."""
    stem = window.removesuffix("了").removesuffix("出")
    found = _ROUND.search(stem)
    if found:
        return ("ge" if found["at_least"] else "gt") if rounded or found["over"] else ""
    for kind, letters in _CLOSE.items():
        if stem[-1:] and stem[-1] in letters and not _ELSE.search(stem):
            return kind
    return ""


_KEPT = re.compile(r"(?P<word>(?:稳定|保持|维持)在)(?:[\d.,]+[^\d,;:。、]{0,4}、)*$")
"""A word that keeps a value, and behind it nothing but the other values that it keeps: 分别稳定在1.05万亩、2.83万亩."""


def kept(before: str) -> str:
    """The word by which the text before a number says that the value is to stay as it is, "" where it does not."""
    found = _KEPT.search(before)
    return found["word"] if found else ""


_KEEPS = re.compile(r"(?:稳定|保持|维持|控制在|巩固)[^,，;；:：。]*$")
"""A word that keeps a level, in the same clause as the number
behind it: 失业率控制在5%以内,城镇化率达到60% keeps no 60 %."""


def keeps(before: str) -> bool:
    """Whether the text before a number promises to keep a level rather than to come to it."""
    return bool(_KEEPS.search(before))
