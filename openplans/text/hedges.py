"""The words by which a sentence hedges (力争, 争取, 基本), found where they do hedge.

Comes in: a text and the words that the contract knows. Goes out: where each stands, and where a clause part begins.
Knows no tables, no files. Apart, because a word alone says too little: 基本 hedges in 基本同步 and names something in
基本公共服务, 计划 hedges in 计划培训 and is a title in 行动计划.
"""

from __future__ import annotations

import re

_PART = re.compile(r"(?<![年月日])(?<!年[初底末内前])(?<!期间)[,，](?!\d{3}(?!\d))|[。;；:：!！?？\u3000]")
"""What ends a clause part. Not 、, because what a verb or a hedge says of a list it says of every member of it; nor the
comma behind a date (力争到2027年,建成20个)."""

OWN_PART_ONLY = ("基本",)
"""Words that say nothing of what follows behind a comma; the others, which are verbs or stand before one, may."""

_OPENS = r"(?:(?<![\w”』》])|(?<=[年月日]))"
"""A place where a part, or what follows a date, begins: there 计划 is a verb."""

_ONLY = {
    "基本": r"基本上?(?=[全都]|覆盖|同步|保持|持平|一致|实现|完成|建成|形成|达到|消除|建立|普及|满足|稳定|解决|无)",
    "争取": r"争取(?!任务|工作|情况)",
    "争创": r"(?<!力)争创",
    "努力": r"(?<!共同)(?<!不懈)(?<!的)努力(?!下)",
    "计划": rf"{_OPENS}计划",
    "拟": rf"{_OPENS}拟(?!定|订)",
    "预计": rf"{_OPENS}预计",
    "预期": rf"{_OPENS}预期(?!目标)",
}
"""Words that hedge in some surroundings only; all others do wherever they stand."""


def part_start(text: str, position: int) -> int:
    """Where the clause part that holds a position begins."""
    return max((each.end() for each in _PART.finditer(text, 0, position)), default=0)


def hedges(text: str, words: tuple[str, ...], start: int, end: int) -> list[tuple[int, str]]:
    """(position, word) of every hedge that begins in `text` from `start` to `end`, in order."""
    return sorted(
        (match.start(), word)
        for word in words
        if word in text
        for match in re.finditer(_ONLY.get(word, word), text)
        if start <= match.start() < end
    )
