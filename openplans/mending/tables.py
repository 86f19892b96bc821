"""The bytes of a table, whoever saved them -> the table as the contract wants it, with every value as it was.

Comes in: bytes, the resource and the names that stand for ids. Goes out: Mended: the text, what was done, and what was
refused with the reason. Mending twice is mending once. Apart, because a table can be mended without its package.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from openplans.mending.cells import IdsByName, NotMended, mended, narrow
from openplans.packages import garbled
from openplans.packages.files import ENCODINGS, encoding_of, unmerged
from openplans.packages.header import SEPARATORS, separator_of, titles
from openplans.packages.write import records_text
from openplans.schema import contract
from openplans.schema.shapes import Resource

_FRACTION = re.compile(r"0?\.[0-9]+|1(?:\.0+)?")

Said = tuple[str, str]
"""A sentence in Chinese and in English."""


@dataclass
class Mended:
    """What became of a file: `text` is None where it could not be read at all."""

    text: str | None = None
    done: list[Said] = field(default_factory=list)
    refused: list[Said] = field(default_factory=list)

    def refuse(self, zh: str, en: str) -> Mended:
        """Say what was not mended and why."""
        self.refused.append((zh, en))
        return self


@dataclass(frozen=True)
class Surroundings:
    """What mending a table draws on: the ids that names stand for, by column, and characters that the document has."""

    names: Mapping[str, IdsByName] = field(default_factory=dict)
    spared: frozenset[str] = frozenset()


_SEPARATOR_LINE = re.compile(r"\"?sep=.\"?\n")
"""What Excel wants as the first line of a file that it is to open with another separator."""


def mended_table(data: bytes, resource: Resource, around: Surroundings = Surroundings()) -> Mended:
    """A table as the contract wants it."""
    result = Mended()
    text = decoded(data, result)
    if text is None:
        return result
    if unmerged(text, ""):
        return result.refuse(
            "留着 git 没有合并完的标记：先留下一种写法，删去标记",
            "git's marks of a merge are left: keep one side and delete them first",
        )
    if _garbled(text):
        return result.refuse(
            "文字是乱码，有的字已经丢了：恢复存盘前的文件",
            "the text is garbled and letters are lost: bring the file back as it was",
        )
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        result.done.append(("换行改为 LF", "line ends are LF now"))
    records = _records(text, resource, result)
    if records is None:
        return result
    records = shaped(records, resource, result)
    result.text = records_text(in_form(records, resource, around, result))
    if result.text != text and not result.done:
        result.done.append(
            ("引号按需使用，末尾留一个换行", "quotes only where they are needed, one line end at the end")
        )
    return result


def decoded(data: bytes, result: Mended) -> str | None:
    """The text of bytes in whatever encoding they are; None where none reads them all."""
    if data.startswith(b"\xef\xbb\xbf"):
        result.done.append(("去掉 BOM", "the byte order mark is gone"))
        data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" not in text:
        return text
    encoding = encoding_of(data)
    if not encoding:
        result.refuse(
            "不是 UTF-8、GBK 或 UTF-16，读不通：恢复原来的文件",
            "it is no UTF-8, GBK or UTF-16: bring the file back as it was",
        )
        return None
    result.done.append((f"编码从 {ENCODINGS[encoding]} 改为 UTF-8", f"from {ENCODINGS[encoding]} to UTF-8"))
    return data.decode(encoding).removeprefix("\ufeff")


def _garbled(text: str) -> bool:
    lines = [line for line in text.splitlines() if not line.isascii()]
    hits = sum(garbled.original(line) is not None for line in lines)
    return hits > 1 and hits * 2 >= len(lines)


def _records(text: str, resource: Resource, result: Mended) -> list[list[str]] | None:
    """The rows of a table, by whatever its cells are parted."""
    if said := _SEPARATOR_LINE.match(text):
        text = text[said.end() :]
        result.done.append((f"去掉“{said.group().strip()}”那一行", f"the line {said.group().strip()} is gone"))
    first = text.split("\n", 1)[0]
    mark = separator_of(first, resource)
    if mark:
        zh, en = SEPARATORS[mark]
        result.done.append((f"分隔符从{zh}改为逗号", f"commas instead of {en}"))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark or ",", strict=True))
    except csv.Error:
        result.refuse(
            "双引号没有配对，分不清哪里是格子的边",
            "double quotes do not come in pairs: where a cell ends cannot be told",
        )
        return None


def shaped(records: list[list[str]], resource: Resource, result: Mended) -> list[list[str]]:
    """Rows with the contract's header and columns in its order, without empty rows and columns."""
    names = list(contract.fields(resource))
    full = [row for row in records if any(cell.strip() for cell in row)]
    if len(full) < len(records):
        count = len(records) - len(full)
        result.done.append((f"删去 {count} 个空行", f"{count} empty rows are gone"))
    if not full:
        return full
    once = [full[0], *(row for row in full[1:] if row != full[0])]
    if len(once) < len(full):
        result.done.append(("删去重复的列名行", "the header stands once"))
    full = _parted(_without_empty_columns(once, result), result)
    known = titles(resource)
    header = [known.get(cell.strip().lower(), cell) for cell in full[0]]
    if header != full[0] and len(set(header)) == len(header):
        result.done.append(("列的名称换成列名代码", "columns are called by their names"))
        full[0] = header
    if full[0] != names and sorted(full[0]) == sorted(names) and all(len(row) == len(names) for row in full):
        order = [full[0].index(name) for name in names]
        result.done.append(("列按约定的次序排列", "columns are in their order"))
        full = [[row[place] for place in order] for row in full]
    return full


def _parted(records: list[list[str]], result: Mended) -> list[list[str]]:
    """Rows whose cells full-width commas part, cut where they are as many as the header asks for."""
    width = len(records[0])
    parted = [
        row[0].split("，") if len(row) == 1 and width > 1 and row[0].count("，") == width - 1 else row
        for row in records
    ]
    if count := sum(one is not other for one, other in zip(parted, records, strict=True)):
        result.done.append((f"{count} 行的全角逗号改为半角", f"full-width commas are plain ones in {count} rows"))
    return parted


def _without_empty_columns(records: list[list[str]], result: Mended) -> list[list[str]]:
    """Rows without the columns that have neither a name nor a value."""
    width = max(map(len, records))
    used = [place for place in range(width) if any(place < len(row) and row[place].strip() for row in records)]
    nameless = [place for place in range(width) if place >= len(records[0]) or not records[0][place].strip()]
    gone = sorted(set(nameless) - set(used))
    if not gone:
        return records
    result.done.append((f"删去 {len(gone)} 个空列", f"{len(gone)} empty columns are gone"))
    return [[cell for place, cell in enumerate(row) if place not in gone] for row in records]


def in_form(records: Sequence[list[str]], resource: Resource, around: Surroundings, result: Mended) -> list[list[str]]:
    """Rows with each cell as the contract wants it; what was changed is told by column."""
    if not records:
        return []
    fields = contract.fields(resource)
    header, changed = records[0], Counter[str]()
    rows = [header]
    for number, row in enumerate(records[1:], 2):
        new = list(row)
        for place, (name, cell) in enumerate(zip(header, row, strict=False)):
            if name not in fields:
                continue
            try:
                new[place] = mended(cell, fields[name], around.names.get(name), around.spared)
            except NotMended as refused:
                result.refuse(
                    f"第 {number} 行 {name}“{cell[:20]}”：{refused.zh}",
                    f"row {number}, {name} “{cell[:20]}”: {refused.en}",
                )
            changed[name] += new[place] != cell
        if any(cell.strip() for cell in new):  # what held letters that nobody sees, and nothing else, is a blank row
            rows.append(new)
    _as_quoted(rows, changed)
    _refuse_fractions(rows, result)
    for name, count in changed.items():
        if count:
            result.done.append(
                (f"{name} 列改正 {count} 格的写法", f"{count} cells of {name} are written as they should be")
            )
    return rows


def _as_quoted(rows: Sequence[list[str]], changed: Counter[str]) -> None:
    """Take away the .0 that a program put behind a whole number (100.0) where the quote prints it without."""
    header = rows[0]
    if "quote" not in header:
        return
    for row in (each for each in rows[1:] if len(each) == len(header)):
        for name in {"value", "value_max"} & set(header):
            place = header.index(name)
            whole, point, rest = row[place].partition(".")
            quote = narrow(row[header.index("quote")])
            if quote and point and not rest.strip("0") and row[place] not in quote:
                row[place] = whole
                changed[name] += 1


def _refuse_fractions(rows: Sequence[list[str]], result: Mended) -> None:
    """Say where a percentage was made a fraction: the unit is %, the quote prints 50, the value says 0.5."""
    header = rows[0]
    if not {"value", "unit", "quote"} <= set(header):
        return
    value, unit, quote = (header.index(name) for name in ("value", "unit", "quote"))
    for number, row in enumerate(rows[1:], 2):
        if (
            len(row) == len(header)
            and row[unit] == "%"
            and _FRACTION.fullmatch(row[value])
            and row[value] not in row[quote]
        ):
            whole = format((Decimal(row[value]) * 100).normalize(), "f")
            if whole in row[quote]:
                result.refuse(
                    f"第 {number} 行 value“{row[value]}”：原文是 {whole}%，写 {whole}",
                    f"row {number}, value “{row[value]}”: the document has {whole} %, write {whole}",
                )
