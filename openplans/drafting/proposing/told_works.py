"""A sentence -> the single works that it names, each with its stage: behind a verb, before it, or as what a paragraph
tells of.

Apart from the rows (`projects`), because a figure inside such a name promises nothing, and `passing` asks for it; and
from `named_works`, which knows words and no clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openplans.drafting.proposing import named_works, naming
from openplans.drafting.proposing.reading import Reading
from openplans.packages.read import Row

_PLACES_WITH_AND = re.compile(
    "云和|呼和浩特|太和|泰和|民和|永和|仁和|和田|和平|和静|和硕|和政|和县(?![城级乡域委政财直道医中第])|和顺|和龙|和林"
)
"""Places whose names hold a word that parts others; masked by a letter that says nothing."""
_SEVERAL = re.compile("(?:[2-9]|[1-9][0-9]+|[两二三四五六七八九十]+) ?[个座条家处所栋]")
"""Behind a name: so many of them, which is a number to reach and no work."""
_SENTENCE = re.compile("[。;]")


@dataclass(frozen=True)
class Found:
    """A work in a clause: its name as printed, its stage, where the name begins, where its quote begins, and where the
    name ends. The quote ends there too, or `done` where the sentence has said that the work is done.
    """

    name: str
    stage: str
    named: int
    start: int
    end: int
    rule: str
    done: int = 0


def told(reading: Reading, clause: Row) -> Iterator[Found]:
    """The works that a sentence names behind a verb, one or several, or before it (新院区投入使用); and the one that a
    paragraph begins with and tells of.
    """
    text = _PLACES_WITH_AND.sub(lambda each: each.group().replace("和", "禾"), reading.text(clause))
    printed = clause["text"]
    if work := reading.work(clause):
        name, stage = printed[work.start : work.end], named_works.stage_told(text, work)
        yield Found(name, stage, work.start, work.start, work.end, "name-that-opens-a-paragraph")
    yield from _behind_verbs(reading, text, printed)
    yield from _before_verbs(text, printed, reading.own_number(clause))


def _behind_verbs(reading: Reading, text: str, printed: str) -> Iterator[Found]:
    """The works that stand behind a verb: 加快推进甲镇灌区工程."""
    reached = 0
    for verb in named_works.VERB.finditer(text):
        works = named_works.listed(text, verb.end(), reading.places) if verb.start() >= reached else ()
        for work in works:
            if _SEVERAL.match(text, work.end):
                continue
            reached = work.end
            done = _done(text, verb, work)
            name, stage = printed[work.start : work.end] + work.head, "complete" if done else str(verb.lastgroup)
            yield Found(name, stage, work.start, verb.start(), work.end, "verb-and-name-of-a-work", done)


def _before_verbs(text: str, printed: str, own_number: int) -> Iterator[Found]:
    """The works that stand before a verb: 甲高速公路6月底前竣工通车."""
    for found in named_works.DONE.finditer(text):
        if named_works.GENERIC.search(found["name"]):
            continue
        stage = next(stage for stage, words in named_works.STAGES.items() if re.fullmatch(words, found["verb"]))
        own = max(found.start("name"), own_number)
        lead = naming.LEAD.match(text[own : found.end("name")])  # 确保…竣工通车
        start = own + (lead.end() if lead else 0)
        yield Found(printed[start : found.end("name")], stage, start, start, found.end(), "name-of-a-work-and-verb")


def _done(text: str, verb: re.Match[str], work: named_works.Work) -> int:
    """Where a sentence has said that a work is done, and by when; 0 where it says nothing of it. What is newly built
    is complete then (新建甲中心,9月底前投入使用), and what goes on where the sentence ends with it (加快实施甲项目,
    12月底竣工).
    """
    rest = _SENTENCE.split(text[work.end :], maxsplit=1)[0]
    built = named_works.DONE_BY if verb.group() in named_works.BUILT else None
    goes_on = named_works.DONE_BEHIND if verb.lastgroup == "continue" else None
    at_once = named_works.DONE_NEXT.match(rest) if goes_on else None
    found = at_once or next((match for words in (built, goes_on) if words and (match := words.search(rest))), None)
    return work.end + found.end() if found else 0
