"""What is typed and what is printed, made alike and cut into words, so that a full-text index finds Chinese: SQLite's
(FTS5) as they are, the site's search by pairs of them (search/tokens.py).

Comes in: text as written, or words as typed. Goes out: the same with every Chinese character a word of its own, and an
FTS5 query for it. FTS5 takes a run of Chinese for one word and finds no part of it; cut, a phrase finds every
substring: 养老 as well as 养老服务, two characters being enough. Standard library only: Datasette's plugin carries a
copy. In the browser templates/files/folding.js.j2 does the same, and a test holds the two equal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise

from openplans.text import traditional

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Characters that are written without spaces: ideographs, radicals, 〇 and 々."""

_NEGATED = "[未没不](?:到期|达到|达标|公布|完成|低于|高于|少于|多于|超过)|not ?(?:reached|published|due)(?![a-z])"
"""What says the opposite of the word in it, and is a word by itself: 到期 is not found in 未到期."""

_PER_CENT = "percent"
"""The word for %, which full-text indexes leave out: 24% is not 24家."""

_WORD = re.compile(rf"{_NEGATED}|[{_HAN}]|\d+|%|[^\W\d_{_HAN}]+")
_HAN_ONLY = re.compile(rf"[{_HAN}]")
_UNBROKEN = re.compile(rf"[{_HAN}]{{4,12}}")
"""A run typed without blanks that may hold two words: 平阳养老."""

_NAME = re.compile(rf"[{_HAN}]{{3,8}}")
"""What may be a name with one character wrong: of two characters every word is near another."""

_ALIKE = str.maketrans(
    {
        **traditional.forms(),
        **dict.fromkeys("‐‑‒–—―−─━~〜", "-"),
        **dict.fromkeys("〔【〖[", "("),
        **dict.fromkeys("〕】〗]", ")"),
    }
)
"""Traditional characters, and marks of which a keyboard has one."""

_BETWEEN = re.compile(r"[\s、;。!?|·•&+…“”\"'‘’「」『』《》<>]+|[,:/]+(?![0-9])")
_LOOSE = re.compile(r"(^|[^0-9])[,:/]+")
"""What stands between two words, in text made alike; 1,000 and
1:50 stay whole. No look-behind, for browsers have it late."""

_CLOSED = re.compile(r"[、;。!?|]+|[,:]+(?![0-9])")
"""What ends a word in print, in text made alike; a bracket or a quote may stand within one."""

MARK = "ǁ"
"""A letter that no text of ours holds."""

_YEAR = "(?:19|20)[0-9]{2}"
_DATED = re.compile(
    rf"(?:[到至在]|截至)?(?P<before>[{_HAN}]*?)(?P<year>{_YEAR}(?:年?-{_YEAR})?)(?:年(?:[底末]前?|前)?)?"
    rf"(?![底末初度前内后以万亿千百])的?(?P<after>[{_HAN}]*)"
)
"""A year typed together with words, 2027年养老 or 平阳2025, or
with its end, 2027年底; 2000万 is no year."""

_YEAR_IN_CHINESE = re.compile("二[〇零0][〇零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_DIGITS_OF = {**{digit: value for value, digit in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_SHORT_YEAR = re.compile("(1[5-9]|2[0-9])年[底末]?")
"""二〇二七年, and 27年 by itself."""

_NUMERAL = re.compile(
    "百分之(?P<share>[零〇一二两三四五六七八九十百点]+)|(?P<tenths>[一二两三四五六七八九])成(?P<half>半?)(?=$|以|左右)"
    "|[零〇一二两三四五六七八九十百千万亿点]{2,24}|[二两三四五六七八九](?=[个家亩户张人名所座条元吨斤里米])"
)
_PARTED = re.compile("([零〇一二两三四五六七八九十百千万亿]+)(?:点([零〇一二三四五六七八九]+)([百千万亿]*))?")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
"""Numerals in Chinese; what multiplies, in them."""

_BOUND = re.compile(
    "^(?:不[低少高多]于|不超过|不到|至少|最少|最多|大于|小于|高于|低于|少于|多于|超过|达到|突破|大约|约|近|超)(?=[0-9])"
)
"""What is said of a number before it, for which documents have many words."""

_ASKED = re.compile(
    "^(?:请问|[归由]?谁管|哪个(?:部门|单位|局)来?(?:管|负责)?|哪个(?:县|区|市|省|镇|村|地方)?"
    "|哪些(?:[村镇]|地方)?[是有]?|年[底末]前?$)"
    "|(?:[是有]?多少[钱亩个家人名元]?|[由归]?谁(?:负责|管|牵头)|负责什么|是什么|有哪些|怎么样|完成了吗|做到了吗|了吗|吗|呢)$"
    "|最[低高多少大小好差快慢]$"
)
_SMALL = re.compile(
    "who|what|which|when|where|how|many|much|is|are|was|does|do|did|the|an|of|in|for|to|by|at|on|and|responsible|"
    "per|will|can|be|has|have|there|get|our|my|builds"
)
"""What makes a question of words, in Chinese at the ends of a piece; in English such words stand alone."""

_EMPTY = re.compile(
    "(?:要|会|准备)?[建修造开]?[好成完]?了?(?:几|多少)[个家所座条年张]|"
    "有没有|[什啥]么?时候|几时|多久|什么[是叫]|为什么|为啥|[什啥]么|啥|怎么办|怎么样|怎么|咋办|咋样|咋|如何|多少钱|多少|"
    "[归由]?谁来?管|哪个(?:部门|单位|局)来?(?:管|负责)?|"
    "哪个[镇村]?|哪些(?:[村镇]|地方)?[是有]?|哪里|哪年|哪一年|是否|可不可以|可以|每个?月|一个月|"
    "[够难能好贵会要远多大通行让给管收]不[够难能好贵会要远多大通行让给管收]|要完成|没完成|未完成|完成了|完成|问题|"
    "去年|今年|明年|一年|目前|现在|我们|咱们|"
    "要?[干做](?:什么|哪些|些什么)|要[干做]|最?重要|目标|任务|指标|承诺|负责|牵头|谁|吗|呢|了$"
)
"""What says nothing of the thing that is sought, inside what was typed in one: 平阳县今年GDP目标."""

_OF = re.compile(r"(\S\S)的(?=\S\S)|(\S{5})的")
"""The 的 between two words; beside a single character (村的路) it belongs to the word, unless that is a long one."""

_NUMBERED = re.compile(r"\(\d{4}\)\d+号|^\d+\.\d+%?$")
"""The number of a document, and one with decimals: another one is not near."""

_COUNTED = re.compile(r"(?!20\d\d$)\d")
"""A number that is no year, with or without what it counts."""

_NOT = re.compile("(^|[^a-z])not +(reached|published|due)(?![a-z])")
_NOT_YET = re.compile("没有?(?=到期|达到|达标|公布|完成)")
"""Two words that are one, and what people say for 未: `_NEGATED`."""

_SCRIPT = re.compile("[a-z0-9.%-]+|[^a-z0-9.%-]+")
"""Letters with numbers, and what stands between them."""


def is_han(word: str) -> bool:
    """Whether a word is a Chinese character."""
    return bool(_HAN_ONLY.fullmatch(word))


def made_alike(text: str) -> str:
    """A text with one form for what is alike: full-width and
    half-width (NFKC), capitals, traditional characters, dashes."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)


def words(text: str) -> list[str]:
    """The words of a text, made alike: each Chinese character, each run of letters and each run of digits, whole.

    "ＡＩ养老33.5万畝" gives ai 养 老 33 5 万 亩, PM2.5 what PM 2.5 gives, pm 2 5, 24% gives 24 percent, and 到期未公布
    gives 到 期 未公布.
    """
    return _of_alike(made_alike(text))


def _of_alike(plain: str) -> list[str]:
    return [_PER_CENT if word == "%" else word.replace(" ", "") for word in _WORD.findall(plain)]


def runs(text: str) -> list[str]:
    """A text made alike, parted at its marks and its cells: no word goes on beyond (艺术村、电商村 has no 村电)."""
    return [run for run in _CLOSED.split(made_alike(text.replace("\u3000", "|"))) if _WORD.search(run)]


def cut(text: str) -> str:
    """Text for the index: its words with one blank between, and a word that nobody types where a run of them ends."""
    return f" {MARK} ".join(" ".join(_of_alike(run)) for run in runs(text))


def pieces(typed: str) -> list[str]:
    """What a person types, made alike and parted: each piece has to be found, as it is typed.

    养老、床位 is two pieces, 2027年养老 and 平阳2025 likewise; characters typed apart (养 老 床 位) are one. What only
    makes a question of it (城乡收入比是多少, 谁负责, how many) is left out, unless nothing else was typed.
    """
    plain = _NOT.sub(r"\1not\2", _NOT_YET.sub("未", _YEAR_IN_CHINESE.sub(_in_digits, made_alike(typed))))
    parted = [piece for piece in _BETWEEN.split(_LOOSE.sub(r"\1 ", plain)) if piece and piece != "年"]
    joined: list[str] = []
    for single, group in groupby(parted, is_han):
        found = list(group)
        joined += ["".join(found)] if single else found
    found = [piece for each in joined for piece in _dated(each)]
    return [plain for piece in found if (plain := _ASKED.sub("", piece)) and not _SMALL.fullmatch(plain)] or found


def parts(piece: str) -> list[str]:
    """The parts of a piece that is found nowhere as it was typed: what speaks of a thing, letters apart from Chinese.

    平阳县今年gdp目标 -> 平阳县 gdp, 村里有没有图书馆 -> 村里 图书馆; single characters that are left say nothing.
    """
    if _NUMBERED.search(piece):
        return [piece]
    apart = " ".join(_EMPTY.split(piece))
    found = [part.strip("的") for each in _OF.sub(r"\1\2 ", apart).split() for part in _SCRIPT.findall(each)]
    return [each for each in found if words(each) and not is_han(each)]


def counts(typed: str) -> bool:
    """Whether what is typed has a number of its own: 450.11, 89条."""
    return any(map(_COUNTED.match, pieces(typed)))


def in_figures(piece: str) -> str:
    """A piece with its numbers as documents print most of them: 六百亿元 -> 600亿元, 百分之九十 -> 90%, 两千五 -> 2500.
    What only looks like a numeral (十四五) stays. The check reads what documents print with cn2an; here the standard
    library and a browser have to do."""
    return _NUMERAL.sub(_figures, piece)


def reckoned(piece: str) -> str:
    """The same without what is said of a number before it: 不低于百分之九十 -> 90%, for a piece that nobody writes."""
    return _BOUND.sub("", in_figures(piece))


def _figures(numeral: re.Match[str]) -> str:
    if tenths := numeral["tenths"]:
        return f"{_DIGITS_OF[tenths]}{5 if numeral['half'] else 0}%"
    parted = _PARTED.fullmatch(numeral["share"] or numeral[0])
    value = _value(parted[1]) if parted else None
    if not parted or value is None:
        return numeral[0]
    if parted[2]:
        figures = f"{value}.{''.join(str(_DIGITS_OF[each]) for each in parted[2])}{parted[3]}"
    else:
        scale = next((each for each in "亿万" if each in parted[1]), "")
        figures = str(value / _SCALES[scale]).removesuffix(".0") + scale if scale else str(value)
    return f"{figures}%" if numeral["share"] else figures


def _value(numeral: str) -> int | None:
    """The value of a numeral, as it is spoken: 一百二 is 120; None of what is none (十四五)."""
    total, section, digit, last = 0, 0, -1, 10
    for sign in numeral:
        if sign in _SCALES and sign not in "万亿":
            section, digit, last = section + (1 if digit < 0 else digit) * _SCALES[sign], -1, _SCALES[sign]
        elif sign in _SCALES:
            here = section + max(0, digit)
            total = total + here * _SCALES[sign] if sign == "万" else (total + here) * _SCALES[sign]
            section, digit, last = 0, -1, _SCALES[sign]
        elif digit >= 0:
            return None
        elif _DIGITS_OF[sign]:
            digit = _DIGITS_OF[sign]
        else:
            last = 10  # 一百零二 is no 一百二
    return total + section + max(0, digit) * last // 10


def query(typed: str) -> str:
    """The FTS5 query for what a person types: every piece has to be there.

    平阳 养老 -> "平 阳" AND "养 老"; a number is also found `in_figures`. Letters find words that begin so: urban ->
    "urban" *. A longer run of Chinese is also found in two pieces: 平阳养老 -> "平 阳 养 老" OR ("平 阳" AND "养 老"),
    and in its `parts`, joined or each. A word of two characters is not found where two others meet, 调解 in 协调解决:
    NOT "ǁ调解". Nothing in it is an operator; a query without any word finds nothing.
    """
    return " AND ".join(filter(None, map(_either_way, pieces(typed)))) or '""'


def nearly(
    typed: str,
    known: Callable[[str], bool],
    meant: Callable[[str], Iterable[str]],
    called: Callable[[list[str]], Iterable[str]],
) -> Iterator[str]:
    """The FTS5 queries to try in turn where `query` finds nothing: every piece or what it means, then the known parts
    of every piece, then those of any.

    `known`: whether an FTS5 query finds something; `meant`: the words that plans have for one, 退役军人 for 老兵;
    `called`: the names that a pattern has, 教育局 for 教?局. A part has two Chinese characters at least or is a word
    whole, the longest first (maximum matching): 独居老人 has 老人. Of a piece less than half known, nothing is.
    """
    asked = [_printed(piece, known) for piece in pieces(typed)[:PIECES]]
    either = ((_piece(piece), (*meant(piece), *called(slips(piece, known)))) for piece in asked)
    each = " AND ".join(f"({query})" for piece, others in either if (query := _either(piece, others)))
    yield _either(each, meant(" ".join(asked)) if len(asked) > 1 else ())
    plain = [piece for piece in asked if not _NUMBERED.search(piece)]
    split = [part for piece in plain for part in parts(piece[:LONGEST])]  # of 2025年要完成什么 only the year
    found = [some for part in split or plain if (some := _known(part[:LONGEST], known, meant))]
    yield " AND ".join(f"({' OR '.join(some)})" for some in found)
    yield " OR ".join(part for some in found for part in some)


def _printed(piece: str, known: Callable[[str], bool]) -> str:
    """A piece, its numbers in figures where nobody writes them as they were typed."""
    figures = reckoned(piece)
    return piece if figures == piece or known(_phrase(piece)) else figures


def slips(piece: str, known: Callable[[str], bool]) -> list[str]:
    """The patterns (GLOB) of a name that may be typed with one character wrong: 教?局 of 教玉局, where nobody writes
    教玉 or 玉局. What has both its pairs is no slip: 就业率 isn't 失业率."""
    if not _NAME.fullmatch(piece):
        return []
    strange = [not known(_phrase(first + second)) for first, second in pairwise(piece)]
    sides = [strange[max(0, at - 1) : at + 1] for at in range(len(piece))]
    return [f"{piece[:at]}?{piece[at + 1 :]}" for at, pairs in enumerate(sides) if all(pairs)]


LONGEST, PIECES = 24, 8
"""How many letters of a piece are looked at, and how many pieces, for what is near: each part of them is asked for."""


def _known(piece: str, known: Callable[[str], bool], meant: Callable[[str], Iterable[str]]) -> list[str]:
    signs, found, at = words(piece), [], 0
    while at < len(signs):
        # One that leaves a single character comes last: 农村电商 is 农村 and 电商, though 农村电 stands somewhere, too.
        ends = [end for end in range(len(signs), at, -1) if _says(signs[at:end])]
        ends.sort(key=lambda end: (end == len(signs) - 1 and is_han(signs[-1]), -end))
        runs = ((end, _either(_phrase("".join(signs[at:end])), meant("".join(signs[at:end])))) for end in ends)
        end, part = next(((end, run) for end, run in runs if known(run)), (0, _begun(signs[at], known)))
        if part:
            found.append(((end or at + 1) - at, part))
        at = end or at + 1
    return [part for _, part in found] if 2 * sum(size for size, _ in found) >= len(signs) else []


def _says(run: list[str]) -> bool:
    """Whether a run of signs can be a part: one character says nothing, and neither does one with 的."""
    return len(run) > 2 or (len(run) > 1 and "的" not in run) or not is_han(run[0])


def _either(query: str, meant: Iterable[str]) -> str:
    return " OR ".join(filter(None, [query, *map(_phrase, meant)]))


def _begun(word: str, known: Callable[[str], bool]) -> str:
    """The longest beginning of a word in letters that something begins with, three letters in five of it at least and
    four: kindergarden has kinderga(rten)."""
    ends = range(len(word) - 1, max(3, -(-3 * len(word) // 5) - 1), -1) if word.isascii() and word.isalpha() else ()
    return next((query for end in ends if known(query := _phrase(word[:end]))), "")


def _in_digits(year: re.Match[str]) -> str:
    return year[0].translate(_DIGITS)


def _dated(piece: str) -> Iterator[str]:
    """A piece, or the year in it and the words around it."""
    if short := _SHORT_YEAR.fullmatch(piece):
        yield f"20{short[1]}"
        return
    found = _DATED.fullmatch(piece)
    yield from filter(None, found.group("before", "year", "after")) if found else [piece]


def _either_way(piece: str) -> str:
    """As it was typed, or with its numbers in figures."""
    figures = in_figures(piece)
    return _piece(piece) if figures == piece else f"({_piece(piece)} OR {_phrase(figures)})"


def _piece(piece: str) -> str:
    split = parts(piece)
    if split and split != [piece] and any(map(is_han, piece)):
        apart, joined = " AND ".join(map(_halved, split)), [_halved("".join(split))] if len(split) > 1 else []
        return f"({' OR '.join([_halved(piece), *joined, f'({apart})'])})"
    return _halved(piece)


def _halved(piece: str) -> str:
    whole = _phrase(piece)
    if not _UNBROKEN.fullmatch(piece):
        return whole
    halves = (f"({_phrase(piece[:at])} AND {_phrase(piece[at:])})" for at in range(2, len(piece) - 1))
    return f"({' OR '.join([whole, *halves])})"


def _phrase(piece: str) -> str:
    found = words(piece)
    if not found:
        return ""
    begun = found[-1].isascii() and found[-1].isalpha() and len(found[-1]) > 1
    if len(found) == 2 and all(map(is_han, found)):
        return f'("{" ".join(found)}" NOT "{MARK}{"".join(found)}")'
    return f'"{" ".join(found)}"{" *" if begun else ""}'
