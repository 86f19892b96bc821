"""What the site's search finds: a record of a row, and the tokens that it is found by.

Comes in: what is said of a row. Goes out: a Record, and its tokens for Pagefind. How much a name weighs against text:
WEIGHT and metaWeights in templates/assets/search.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from openplans.search.tokens import tag, tokens
from openplans.text import segmentation
from openplans.text.boundaries import across

KINDS = ("concept", "theme", "region", "unit", "plan", "target", "task", "project", "figure", "note", "clause")
"""Kinds of records, in the order in which the page offers them."""

SLIPPED, SLIPS = ("concept", "theme", "unit"), range(3, 9)
"""What is found by its name with one wrong character, and how
long such a name is: of two characters every word is near."""

_ROW = re.compile(r"(?:^|-)([a-z]\d{3,4})$")
"""The id of a row, which lists show without that of its plan: t046."""

NO_LINE = ("", 0)
"""The line of what stands alone."""

_PLACED = re.compile("^[省市县区]")


@dataclass(frozen=True)
class Record:
    """What is found, and what the search page shows of it.

    `url` is relative to the site's root. `name` and `text` are shown and searched; `names` (other names of the same)
    and `also` are searched only; `meant` only where nothing has what was typed. Words of names weigh more. `id` and
    `theme_id` are "" where a record has none; `ids`: those of the rows that say the same; `plan_ids`: the plans it is
    of, one but for units, none for what they share; `region_code` likewise. `line`: of what it is a step or a period,
    and its time, a number whose whole part is the year. `shown`: what else the page shows, by field name (place, when).
    """

    kind: str
    url: str
    name: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    id: str = ""
    ids: tuple[str, ...] = ()
    plan_ids: tuple[str, ...] = ()
    region_code: str = ""
    theme_id: str = ""
    line: tuple[str, float] = NO_LINE
    shown: dict[str, str] = field(default_factory=dict)


def name_tokens(record: Record) -> list[str]:
    """The tokens of all its names, the one that is shown first."""
    return _tokens([record.name, *record.names])


def all_tokens(record: Record) -> list[str]:
    """All tokens of a record: names first, what filters look for last."""
    plans = [("plan", plan_id) for plan_id in record.plan_ids]
    ids = [("id", each) for each in (record.id, *record.ids)]
    rows = [("row", row[1]) for _, each in ids if (row := _ROW.search(each))]
    meant = [("meant", alias.lower()) for alias in record.meant]
    texts = (record.name, *record.names, record.text, *record.also)
    cut = (("counted", _counted(texts)), ("across", across(texts)), ("slip", _slips(record)))
    parted = [(name, each) for name, found in cut for each in found]
    tags = [("kind", record.kind), *plans, ("theme", record.theme_id), *ids, *rows, *meant, *parted]
    filters = [tag(name, value) for name, value in tags if value]
    return [*name_tokens(record), *_tokens([record.text, *record.also]), *filters]


def _counted(texts: Iterable[str]) -> Iterator[str]:
    """Each number with the character after it: 6亿 of 6亿元, which is half a pair and no token. A year needs none."""
    pairs = (pair for text in texts for pair in pairwise(segmentation.words(text)))
    yield from dict.fromkeys(
        a + b for a, b in pairs if a.isdecimal() and segmentation.is_han(b) and not (b == "年" and len(a) == 4)
    )


def _slips(record: Record) -> Iterator[str]:
    """The names of an indicator, a theme or a bureau with one character left out, behind its place: 1教局 of 教育局, by
    which 教玉局 finds it (deletions, as in SymSpell). A bureau goes without its 县 or 区, too."""
    if record.kind not in SLIPPED:
        return
    names = (segmentation.made_alike(name) for name in (record.name, *record.names))
    whole = dict.fromkeys(each for name in names for each in (name, _PLACED.sub("", name)))
    for name in (each for each in whole if len(each) in SLIPS and all(map(segmentation.is_han, each))):
        yield from (f"{at}{name[:at]}{name[at + 1 :]}" for at in range(len(name)))


def _tokens(texts: Iterable[str]) -> list[str]:
    return [token for text in dict.fromkeys(texts) for token in tokens(text)]
