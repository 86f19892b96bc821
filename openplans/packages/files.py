"""Bytes -> text: what a file is before anyone asks what it says.

Comes in: a path in a package. Goes out: its text, or a Problem that names the cause: a link, no UTF-8, a spreadsheet
program's marks. Descriptors are read as JSON without the loopholes of the language. Apart, so that the reader of
tables meets text only.
"""

from __future__ import annotations

import itertools
import json
import re
import stat
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

from openplans.problems import Problem, problem

DEEPEST = 20
"""How deep a descriptor may be nested; the contract's own resources take eight levels."""

ENCODINGS = {"gb18030": "GBK", "utf-16": "UTF-16", "utf-32": "UTF-32"}
"""What else a file may be written in, by the name a person knows."""

_WEB_PAGE = (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", re.IGNORECASE), "网页", "a web page")

OLD_OFFICE = "旧版的 Excel 或 Word 文件"

_OTHER_KINDS = (
    (re.compile(rb"PK\x03\x04"), "Excel 工作簿或压缩包", "a workbook or an archive"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), OLD_OFFICE, "an old workbook or Word document"),
    (re.compile(rb"%PDF-"), "PDF", "a PDF"),
    _WEB_PAGE,
)
"""What else a file may be, by its first bytes, whatever its name says: in both languages."""

_UNMERGED = re.compile(r"^(?:[<>|]{7}(?: .*)?|={7})$", re.MULTILINE)
"""The lines between which git puts what it could not merge."""

_MARKS = ((b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class NotStrict(ValueError):
    """JSON that Python reads and that says nothing clear; `zh` and `en` say what it is."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


def read_text(path: Path, shown: str, missing: str, problems: list[Problem], markup: bool = False) -> str:
    """The text of a file; "" after a Problem where it is missing, no plain file, of zero bytes or no UTF-8, or where it
    is a file of another kind. `markup`: it may be a web page."""
    if path.is_symlink():
        problems.append(problem("link", shown))
        return ""
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            problems.append(problem("unreadable-file", shown, detail="它不是文件", detail_en="it is no file"))
            return ""
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        problems.append(problem(missing, shown))
        return ""
    except OSError as error:
        detail = error.strerror or str(error)
        problems.append(problem("unreadable-file", shown, detail=f"系统的回答是“{detail}”", detail_en=detail))
        return ""
    if not data:
        problems.append(problem("empty-file", shown))
        return ""
    for kind in _OTHER_KINDS:
        first, zh, en = kind
        if first.match(data) and not (markup and kind is _WEB_PAGE):
            problems.append(problem("disguised-file", shown, kind=zh, kind_en=en))
            return ""
    return _decoded(data, shown, problems)


def other_kind(data: bytes) -> tuple[str, str] | None:
    """What a file is that is neither text nor a workbook, in both languages; None for all else."""
    return next(((zh, en) for first, zh, en in _OTHER_KINDS[1:] if first.match(data)), None)


def read_beside(path: Path, problems: list[Problem], markup: bool = False) -> str:
    """The text of a file that a project may do without or leave empty: its change log, its settings, its templates,
    which may be web pages (`markup`)."""
    if not path.exists() and not path.is_symlink():
        return ""
    found: list[Problem] = []
    text = read_text(path, path.name, "missing-file", found, markup)
    problems += [each for each in found if each.rule != "empty-file"]
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def unmerged(text: str, shown: str) -> Problem | None:
    """The Problem of a file in which git's marks of a merge are left; one for all of them, at the first."""
    found = _UNMERGED.search(text)
    if found is None:
        return None
    return problem("unmerged", shown, 1 + text[: found.start()].count("\n"), 1, mark=found.group()[:20])


def _decoded(data: bytes, shown: str, problems: list[Problem]) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        place = (shown, before.count(b"\n") + 1, column)
        if encoding := encoding_of(data):
            problems.append(problem("other-encoding", shown, encoding=ENCODINGS[encoding]))
        else:
            problems.append(problem("not-utf8", *place, byte=f"0x{data[error.start]:02X}"))
        return ""
    if "\0" in text and (encoding := encoding_of(data)):
        problems.append(problem("other-encoding", shown, encoding=ENCODINGS[encoding]))
        return ""
    return text


def encoding_of(data: bytes) -> str | None:
    """The encoding of bytes that are no UTF-8: by their mark, or GB18030 where all of them read as Chinese."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    strange = sum(1 for each in text if ord(each) > 0x7F and not _chinese(each))
    return "gb18030" if strange * 20 <= sum(1 for each in text if ord(each) > 0x7F) else None


def _chinese(character: str) -> bool:
    """Whether a Chinese text uses this character: what the old GB 2312 has, and letters of full width."""
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return "\u4e00" <= character <= "\u9fff"


def parse_json(text: str) -> Any:
    """The value of strict JSON. JSONDecodeError where it is none; NotStrict for what JSON lets pass and nobody means:
    a name given twice, NaN, half a character, endless numbers and nesting."""
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_int=_int)
    except RecursionError:
        raise _too_deep() from None
    halves = re.search(r"\\u[dD][89A-Fa-f]", text)  # half a character comes by an escape only
    looked_at = (dict, list, str) if halves else (dict, list)
    waiting = [(each, 1) for each in [value] if isinstance(each, looked_at)]
    while waiting:
        each, depth = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep()
        if isinstance(each, str):
            if any("\ud800" <= letter <= "\udfff" for letter in each):
                raise NotStrict(
                    "里面有半个字符（\\ud800 至 \\udfff）", "it holds half a character (\\ud800 to \\udfff)"
                )
            continue
        held = itertools.chain(each, each.values()) if isinstance(each, dict) else each
        waiting.extend((inner, depth + 1) for inner in held if isinstance(inner, looked_at))
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        [(name, _)] = Counter(name for name, _ in pairs).most_common(1)
        raise NotStrict(f"“{name}”写了两次", f"“{name}” is given twice")
    return found


def _no_number(word: str) -> NoReturn:
    raise NotStrict(f"{word} 不是数", f"{word} is no number")


def _int(digits: str) -> int:
    if len(digits) > 18:
        raise NotStrict("有一个数太长", "a number is too long")
    return int(digits)


def _too_deep() -> NotStrict:
    return NotStrict("括号套得太深", "it is nested too deep")
