"""Reads the figures of a text in one pass, each with its own comparator: a method for each form of number.

Comes in: a text, the same text folded, and the units. Goes out: its figures in order. Lists are joined elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from openplans.text import comparators
from openplans.text.figure import Figure
from openplans.text.folding import CELL
from openplans.text.named_numbers import name_spans
from openplans.text.numerals import ARABIC, CHINESE, CHINESE_DIGITS, SCALES, arabic, chinese, neighbours
from openplans.text.units import TIMES, Measure, Units, magnitude

_TOKEN = re.compile(
    rf"""
    (?P<whole>百分之百|百分百)
    |(?P<per>[百千万])分之(?P<part>{ARABIC}|{CHINESE})
    |(?P<below>{CHINESE})分之(?P<above>{CHINESE})
    |翻(?P<doublings>[了上]?(?:[一两二三四]|[0-9](?:\.[0-9]{{1,2}})?))?番
    |(?P<by_half>(?<![税费])减半(?![征收缴免计执优]|行动|工程|计划|政策))
    |(?P<half>过半数?(?=[,;。、的以]|$)|(?<![大多对])一半|半数)
    |(?P<and_half>[一两二三四五六七八九]|[0-9])个半(?=小时|工作日)
    |(?P<halved>(?<![一每两三大多前后上下个])(?<!(?<!超)过)半(?=个?(?:工作日|小时)|个百分点|天(?:[内以之,;。、]|$)))
    |(?P<left>{ARABIC})[ ]?:[ ]?(?P<right>{ARABIC})(?:[ ]?:[ ]?{ARABIC}){{0,3}}
    |(?<![/0-9.])(?P<numerator>{ARABIC})[ ]?/[ ]?(?P<denominator>{ARABIC})(?P<round>[百千万]?)(?![-/0-9])
    |(?P<arabic>{ARABIC})
    |(?P<chinese>{CHINESE})
    """,
    re.VERBOSE,
)
_VAGUE = re.compile("[数几](?=[十百千万亿])|若干|好几")
_SPAN_MARK = re.compile(" ?(?:[-\u2014~]{1,2}|至|到) ?")
_BOUND_UNIT = re.compile("(?:级|大关|俱乐部|以[上下内]|项目|产业|企业|产品|强[县镇村企]|县|镇|村|园区|工程包)")
_MINUS = re.compile(r"(?:^|[为在至到长降速率 \u3000:,(\[〔【])-$")
_MINUS_OF_CELL = re.compile(r"[\u3000\[〔【]-$")
"""A minus before a number of any unit, where a cell or its brackets open: 　-3, [-3]."""
_YEAR = range(1900, 2101)
_DATE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}([-/.])[01]?[0-9]\1[0-3]?[0-9](?![0-9])")
_ROUND_PARTS = {"十万": "/10万", "百万": "/100万"}
"""Parts of a whole that rates are told in: 十万分之十五 is 15/10万."""
_PER = {"百": "%", "千": "\u2030", "万": "\u2031"}
_LONG = re.compile(f"(?=.*[{CHINESE_DIGITS}])(?=.*[{''.join(SCALES)}])..+")
_DAYS_AT_MOST = re.compile(
    "(?:时限|时间|期限|周期|工期)[^,;。、0-9]{0,6}(?:不超过|不少于|不得超过|压[缩减]到|压[缩减]至|[为在]) ?$"
)
_COUNTED = ("个", "家", "名", "所", "户", "场", "次", "条")
_UNITS_SO_FAR = re.compile("单位 ?: ?(?:[^。:()0-9]{0,20}[、,/])? ?$")
_UNITS_GO_ON = re.compile("[、,/)]|$")
"""A line over a table: 单位:亿千瓦时、万吨."""
_GRADES = ("级", "分", "度")
_ARTICLE_ONLY = ("件", "台", "辆", "场")
"""Units of which 一 says no more than "a": 一件事."""


class Parser:
    """One pass over a folded text; each method reads one form of number at the place where it was met."""

    def __init__(self, printed: str, text: str, units: Units) -> None:
        self.printed = printed
        self.text = text
        self.units = units
        self.floor = 0
        self.dates = {place for match in _DATE.finditer(text) for place in range(*match.span())}

    def read(self) -> list[Figure]:
        """The figures in order, each with its own comparator; lists are joined later."""
        found: list[Figure] = []
        spans = iter((*name_spans(self.text), (len(self.text) + 1, 0)))
        begin, end = next(spans)
        place = 0
        while token := _TOKEN.search(self.text, place):
            while end and end <= token.start():
                begin, end = next(spans)
            if begin <= token.start() < end:
                place = end
                continue
            figure = self._figure(token)
            place = max(figure.end if figure else token.end(), place + 1)
            if figure:
                figure = self._compared(figure)
                found.append(figure)
                spent = not figure.is_time or figure.comparator in ("ge", "le", "gt", "lt")  # 达到20年一遇
                self.floor = figure.end if spent else self.floor
        return found

    def _compared(self, figure: Figure) -> Figure:
        """The figure with the comparator of the words around it; what stands behind wins over what stands before."""
        if figure.value_max is not None or (figure.kind == "date" and not self._is_a_span(figure)):
            return figure
        figure = replace(figure, kind="time") if figure.kind == "date" else figure
        rounded = self.text[figure.start] not in "0123456789"
        before = comparators.before(self.text, figure.start, self.floor, figure.unit, rounded)
        if before == "approx" and figure.is_time and self.text.endswith("近", 0, figure.start):
            before = ""  # 近三年: the last three years
        behind = comparators.behind(self.text, figure.end, bool(figure.unit))
        said = behind or (figure.comparator if figure.comparator != "eq" else before) or "eq"
        return figure if said == figure.comparator else replace(figure, comparator=said)

    def _is_a_span(self, figure: Figure) -> bool:
        """Whether so many days are meant and no day of a month: 时限不超过15日."""
        return figure.unit == "日" and bool(_DAYS_AT_MOST.search(self.text, self.floor, figure.start))

    def _figure(self, token: re.Match[str]) -> Figure | None:
        if token["arabic"]:
            return self._arabic(token)
        if token["chinese"]:
            return self._chinese(token)
        if token["left"]:
            return self._ratio(token)
        if token["numerator"]:
            return self._slashed(token)
        return self._worded(token)

    def _new(
        self,
        start: int,
        end: int,
        value: Decimal,
        unit: str = "",
        kind: str = "count",
        factor: int = 1,
        said: str = "eq",
    ) -> Figure:
        return Figure(start, end, self.printed[start:end], value, factor, unit, kind, said)

    def _measured(self, start: int, value: Decimal, measure: Measure) -> Figure:
        kind, said = _kind(value, measure.unit), "gt" if measure.more else "eq"
        return self._new(start, measure.end, value, measure.unit, kind, measure.factor, said)

    def _arabic(self, token: re.Match[str]) -> Figure:
        """12.5%, 4700多亿元, -3%, and as a range 3—5个, 2025—2027年."""
        start, value = token.start(), arabic(token["arabic"])
        if start in self.dates:
            return self._new(start, token.end(), value, kind="date")
        figure = self._measured(start, value, self.units.behind(self.text, token.end()))
        shares = figure.unit in ("%", "\u2030", "个百分点")
        if (_MINUS if shares else _MINUS_OF_CELL).search(self.text, max(0, start - 2), start):
            figure = replace(figure, start=start - 1, text=self.printed[start - 1 : figure.end], value=-value)
        return self._range(figure) or figure

    def _chinese(self, token: re.Match[str]) -> Figure | None:
        """三年, 百名, 四千七百多亿元, 亿元以上, 三至五年; None for a numeral that counts nothing."""
        word, start = _of_unit(token["chinese"], self.text, token.end()), token.start()
        end = start + len(word)
        if _VAGUE.match(self.text, start - 1) or self.text.startswith("几", end):
            return None
        if pair := neighbours(word):
            measure = self.units.behind(self.text, end, spoken=True)
            span = self._new(start, measure.end, Decimal(pair[0]), measure.unit, _kind(Decimal(1), measure.unit))
            return replace(span, value_max=Decimal(pair[1]), comparator="range") if measure.unit else None
        value = chinese(word)
        if value is None:
            return None
        spoken = not (self._is_bound(word, start) or self._is_long(word, end))
        behind = self.units.behind(self.text, end, spoken)
        figure = self._split(word, start, behind.end) or self._measured(start, value, behind)
        figure = self._tenths(figure)
        return self._range(figure, spoken=True) or (figure if self._counts(word, figure) else None)

    def _tenths(self, figure: Figure) -> Figure:
        """一成五 is 1.5 成, and so is 一成半."""
        letter = self.text[figure.end : figure.end + 1] or "?"
        digit = CHINESE_DIGITS.find("五" if letter == "半" else letter)
        part = chinese(CHINESE_DIGITS[digit]) if figure.unit == "成" and digit > 0 else None
        if not part or self.text[figure.end + 1 : figure.end + 2] in ("成", *SCALES):
            return figure
        end = figure.end + 1
        return replace(figure, end=end, text=self.printed[figure.start : end], value=figure.value + part / 10)

    def _split(self, word: str, start: int, least: int) -> Figure | None:
        """十亿元 counts ten of 亿元, where the registry has that unit and no longer one stands there
        (八万户次, of which `least` is the end); 亿元 alone one of them. 一百七十万只 counts 170 of 万只.
        """
        for cut in range(len(word)):
            if set(word[cut:]) <= {*SCALES}:
                end, unit = self.units.unit(self.text, start + cut, spoken=True)
                value = chinese(word[:cut]) if cut else Decimal(1)
                if unit and magnitude(unit) > 1 and end > start + len(word) and end >= least and value is not None:
                    return self._new(start, end, value, unit, _kind(value, unit), magnitude(unit))
        end, unit = self.units.unit(self.text, start + len(word))
        value = chinese(word[:-1]) if len(word) > 1 and word[-1] in "万亿" and end == least and unit else None
        return self._new(start, end, value, unit, factor=SCALES[word[-1]] * magnitude(unit)) if value else None

    def _is_bound(self, word: str, start: int) -> bool:
        """Whether 超, 过, 破 or 上 stands right before a round number, which then counts anything: 超千万羽."""
        bare = not set(word) & set(CHINESE_DIGITS)
        return bare and comparators.before(self.text, start, max(self.floor, start - 3), "", True) in ("gt", "ge")

    def _is_long(self, word: str, end: int) -> bool:
        """Whether a numeral has digits and scales, so that it can be no part of another word: 二十, 一百七十万; not
        五百亿级, which says how much.
        """
        return bool(_LONG.fullmatch(word)) and not self.text.startswith(_GRADES, end)

    def _counts(self, word: str, figure: Figure) -> bool:
        """Whether a Chinese numeral counts something: a unit
        follows, or it ends in 亿, or 上, 过, 近 stand before it."""
        bare = not set(word) & set(CHINESE_DIGITS)
        if not figure.unit:
            said = bare and comparators.before(self.text, figure.start, self.floor, "", rounded=True)
            return bool(said) or (len(word) > 1 and word.endswith("亿")) or (figure.comparator == "gt" and bare)
        if bare and self._is_a_unit(word, figure):
            return False
        if figure.unit == "成":
            return len(word) == 1 and not bare
        if figure.unit in _ARTICLE_ONLY:
            return word != "一" or self.units.alone(figure.unit)
        if figure.unit.startswith(word) and bare:  # 万亩 alone names a unit and counts nothing
            close = comparators.before(self.text, figure.start, figure.start - 2, "", rounded=True)
            return bool(close) or _BOUND_UNIT.match(self.text, figure.end) is not None
        return True

    def _is_a_unit(self, word: str, figure: Figure) -> bool:
        """Whether a scale and a unit only say in what others are counted: 装机(万千瓦), 单位:亿千瓦时."""
        if word[-1] not in "万亿" and (word != "千" or figure.unit in _COUNTED):
            return False
        before, after = self.text[: figure.start].rstrip(" "), self.text[figure.end :].lstrip(" ")
        alone = before[-1:] in ("", "(", "[", CELL) and after[:1] in ("", ")", "]", CELL)
        return alone or bool(_UNITS_SO_FAR.search(before) and _UNITS_GO_ON.match(after))

    def _range(self, first: Figure, spoken: bool = False) -> Figure | None:
        """The range that a figure begins (3至5个, 20%—30%, 2025—2027年), where what follows is its upper end."""
        mark = _SPAN_MARK.match(self.text, first.end)
        token = _TOKEN.match(self.text, mark.end()) if mark else None
        printed = token["chinese" if spoken else "arabic"] if token else ""
        if token is None or not printed or re.search("[0-9][-/.]$", self.text[max(0, first.start - 2) : first.start]):
            return None
        upper = chinese(printed) if spoken else arabic(printed)
        if upper is None or (printed[0] == "0" and len(printed) > 1 and printed[1] != "."):
            return None
        second = self._measured(token.start(), upper, self.units.behind(self.text, token.end(), spoken))
        if first.unit not in ("", second.unit) or (spoken and not second.unit):
            return None
        return self._spanned(first, second)

    def _spanned(self, first: Figure, second: Figure) -> Figure | None:
        low, high = first.value, second.value
        if first.magnitude != second.magnitude and (first.magnitude > 1 or low >= high):  # 5000—1万元
            low = low * first.magnitude / second.magnitude
        if low > high or (low == high and (low not in _YEAR or second.unit not in ("", "年"))):  # 2025—2025 is a year
            return None
        kind = second.kind
        if not second.unit and low in _YEAR and high in _YEAR:
            kind = "date"
        return replace(
            second,
            start=first.start,
            text=self.printed[first.start : second.end],
            value=low,
            value_max=high,
            kind=kind,
            comparator="range",
        )

    def _ratio(self, token: re.Match[str]) -> Figure:
        """1.9:1 states 1.9; 1:3 states a third."""
        left, right = arabic(token["left"]), arabic(token["right"])
        value = left if right == 1 or not right else _rounded(left / right, 4)
        return self._new(token.start(), token.end(), value, kind="ratio")

    def _slashed(self, token: re.Match[str]) -> Figure:
        """18/10万 is a rate, 1/10 a fraction; in 30/10 as the cell of a table stand two numbers."""
        start, value = token.start(), arabic(token["numerator"])
        below = arabic(token["denominator"])
        if token["round"]:
            return self._new(start, token.end(), value, f"/{token['denominator']}{token['round']}", "ratio")
        around = self.text[start - 1 : start] + self.text[token.end() : token.end() + 1]
        if value < below and below > 1 and CELL not in around and value not in _YEAR:
            return self._new(start, token.end(), _rounded(value * 100 / below, 2), "%", "fraction")
        return self._measured(start, value, self.units.behind(self.text, token.end("numerator")))

    def _worded(self, token: re.Match[str]) -> Figure | None:
        """百分之五, 三分之二, 一半, 减半, 半天, 一个半小时, 翻一番."""
        start, end = token.span()
        if token["whole"]:
            return self._new(start, end, Decimal(100), "%", "fraction")
        if token["half"]:
            said = "gt" if token["half"].startswith("过") else "eq"
            return self._new(start, end, Decimal(50), "%", "word", said=said)
        if token["by_half"]:
            return self._new(start, end, Decimal(50), "%", "word")
        if token["halved"] or token["and_half"]:
            whole = _either(token["and_half"] or "") or Decimal(0)
            return self._measured(start, whole + Decimal("0.5"), self.units.behind(self.text, end))
        if token["part"]:
            return self._percent(token)
        if token["below"]:
            above, below = chinese(token["above"]), chinese(token["below"])
            if not above or not below or above > below:
                return None
            if scaled := _ROUND_PARTS.get(token["below"]):
                return self._new(start, end, above, scaled, "ratio")
            return self._new(start, end, _rounded(above * 100 / below, 2), "%", "fraction")
        doublings = (token["doublings"] or "一").lstrip("了上")
        value = Decimal(doublings) if doublings[:1] in set("0123456789") else chinese(doublings or "一")
        said = "gt" if re.match("多(?![\u4e00-\u9fff])", self.text[end : end + 2]) else "eq"
        return self._new(start, end, value or Decimal(1), "番", "word", said=said)

    def _percent(self, token: re.Match[str]) -> Figure | None:
        """百分之五, 千分之三, and as a range 百分之五至百分之八 or 百分之五至八."""
        value = _either(token["part"])
        if value is None:
            return None
        figure = self._new(*token.span(), value, _PER[token["per"]], "fraction")
        mark = _SPAN_MARK.match(self.text, token.end())
        second = _TOKEN.match(self.text, mark.end()) if mark else None
        upper = (
            _either((second["part"] if second["per"] == token["per"] else second["chinese"]) or "") if second else None
        )
        if second is None or upper is None or upper <= value:
            return figure
        text = self.printed[figure.start : second.end()]
        return replace(figure, end=second.end(), text=text, value_max=upper, comparator="range")


def _of_unit(word: str, text: str, end: int) -> str:
    """A numeral without a last 千 that belongs to its unit: 二十千米, 二十万千瓦."""
    own = word[-1] == "千" and word[-2:-1] in SCALES and text[end : end + 1] in tuple("瓦米克伏卡焦帕")
    return word[:-1] if own else word


def _either(printed: str) -> Decimal | None:
    """The value of a numeral in Arabic or Chinese digits."""
    return arabic(printed) if printed[:1] in set("0123456789") else chinese(printed) if printed else None


def _rounded(value: Decimal, places: int) -> Decimal:
    """Rounded, unless it has more digits than decimals hold; no document means such a number."""
    return round(value, places) if value < 10**12 else value


def _kind(value: Decimal, unit: str) -> str:
    """date for what names a day, month or year, time for a span of them, count for all else."""
    if unit in ("月", "日", "季度") or (unit == "年" and value in _YEAR):
        return "date"
    return "time" if unit in TIMES else "count"
