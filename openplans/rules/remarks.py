"""Do notes and remarks say what their kind, their language and their row ask for, and the same numbers in both?

Comes in: a plan, or any package with remarks. Goes out: notes of a kind that their comment does not speak for, remarks
in another language, without words, or with a number that nothing beside them has. Apart from commented.py, which asks
whose a remark is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.languages import HAN
from openplans.rules.periods import of_its_column
from openplans.rules.quotes import squeezed
from openplans.text.both import amount_unsaid, digits, digits_in_words, mantissas, one_number, other_numbers
from openplans.text.folding import folded
from openplans.text.period import year_of

_WORD = re.compile("[A-Za-z]{2,}")

_IN_CHINESE = {
    "targets": ("note",), "baselines": ("note",), "updates": ("statement", "next_step"), "retired": ("reason",),
    "observations": ("note",), "left_out": ("reason",), "searches": ("note",),
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
    return 0 < len(HAN.findall(text)) >= len(_WORD.findall(text))


def note_language_differs(world: World, plan: Package) -> Iterator[Hit]:
    """A note's Chinese comment is in Chinese and its English one in English, however much they quote; all other remarks
    are in Chinese.
    """
    for name, columns in _IN_CHINESE.items():
        table = plan.tables.get(name)
        for row in table.rows if table else ():
            for column in columns:
                if len(_WORD.findall(row[column])) > len(HAN.findall(row[column])):
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
    """The English comment of a note has a number of the Chinese one, or of what it quotes, where both have any; and no
    amount that neither they nor the clauses have.
    """
    for row in plan["notes"]:
        chinese = " ".join(row[column] for column in ("comment_zh", "quote", "other_quote"))
        unsaid = amount_unsaid(chinese, row["comment_en"], "\n".join(_texts(plan, row)))
        if unsaid or not one_number(chinese, row["comment_en"]):
            facts = {"english": unsaid or row["comment_en"][:40], "chinese": row["comment_zh"][:40]}
            yield at(plan.tables["notes"], row, "comment_en", **facts)


def _texts(plan: Package, note: Row) -> list[str]:
    """The texts of the clauses that a note is about."""
    clauses = plan.by_id("clauses")
    return [clauses[each]["text"] for each in (note["clause_id"], note["other_clause_id"]) if each in clauses]


def note_number_unsaid(world: World, plan: Package) -> Iterator[Hit]:
    """A number of a note's comment stands in the clauses that it is about, or in the other language too: of what is
    worked out, both tell.
    """
    known = _digits_of_head(plan)
    for row in plan["notes"]:
        text = "\n".join([*_texts(plan, row), row["quote"], row["other_quote"]])
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
    for row in plan["notes"]:
        if (apart := other_numbers(row["comment_zh"], row["comment_en"])) and one_number(
            f"{row['comment_zh']} {row['quote']} {row['other_quote']}", row["comment_en"]
        ):
            printed = mantissas("\n".join([*_texts(plan, row), row["quote"], row["other_quote"]]))
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
            if untold := _prints_it(plan, row):
                yield at(plan.tables[name], row, "note", words=untold[0], meant=untold[1])
            clause = folded(plan.by_id("clauses").get(row["clause_id"], Row(text=""))["text"])
            for words in _PRINTED_AS.findall(row["note"]) if clause else ():
                if not all(folded(each) in clause for each in words.split("……")):
                    yield at(plan.tables[name], row, "note", words=words, meant=row["quote"])
            for quote in _QUOTED.findall(row["note"]):
                lost = [each for each in quote.split("……") if re.search(r"\d", each) and squeezed(each) not in printed]
                if printed and lost:
                    yield at(plan.tables[name], row, "note", words=lost[0], meant=row["quote"])


def _prints_it(plan: Package, row: Row) -> tuple[str, str] | None:
    """What a note says that the document does not print, and the row has from it: its year, its unit."""
    if _NO_YEAR in row["note"] and "period_end" in row and of_its_column(plan, row):
        return _NO_YEAR, str(row["period_end"])
    if (unit := _NO_UNIT.search(row["note"])) and row["unit"] and row["unit"] in row["quote"]:
        return unit[0], str(row["unit"])
    return None


_NO_YEAR = "原文未写年份"
_NO_UNIT = re.compile("表中没有单位|原文没有单位|原文未写单位")


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
