"""Text that was read in the wrong encoding and written again: mojibake.

Comes in: a cell or a file's text. Goes out: what it once was, as far as can be told. UTF-8 that a program took for
GBK (Chinese Excel does) becomes rare characters: 亿元 turns into 浜垮厓. Apart, because the reader refuses such text
and the mender must not touch it.
"""

from __future__ import annotations

import re

_UTF8_HAN = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}|[\xe2\xe3\xef][\x80-\xbf]{2})+")
_HIGH = re.compile(rb"[\x80-\xff]")
_LOST = re.compile("[\ufffd\ue000-\uf8ff]|\\?{3,}|锟斤拷")
_LATIN = re.compile("[\u00c0-\u00ff][\u0080-\u00bf\u0152-\u2122]|[\u00a1-\u00ff]{4,}")
_HAN = re.compile("[\u4e00-\u9fff]")

MOST = 0.8
"""The share of a cell's bytes that has to read as UTF-8. Chinese text has 0.0 to 0.5, garbled text 0.85 and more."""


_SOME_STRANGE = re.compile("[\ue000-\uf8ff]|[\u00a1-\u00ff][\u0080-\u2122]")
_SOME_UTF8_HAN = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){2}")


def possible(text: str) -> bool:
    """Whether a long text may hold a garbled piece: a quick look at all of it before a slow one at each cell."""
    if any(mark in text for mark in ("\ufffd", "???", "锟斤拷")) or _SOME_STRANGE.search(text):
        return True
    return bool(_SOME_UTF8_HAN.search(text.encode("gb18030", errors="replace")))


def original(text: str) -> str | None:
    """What a garbled text was before, as far as it can be read; None where the text is not garbled."""
    if text.isascii():
        return text if _LOST.search(text) else None
    return _once_gbk(text) or _once_latin(text) or (_rest(text) if _LOST.search(text) else None)


def _rest(text: str) -> str:
    """What is left of a text that has lost letters."""
    was = text.encode("gb18030", errors="replace").decode("utf-8", errors="ignore")
    return was if _HAN.search(was) else text


def _once_gbk(text: str) -> str | None:
    """UTF-8 that was read as GBK."""
    data = text.encode("gb18030", errors="replace")
    runs = _UTF8_HAN.findall(data)
    read = sum(map(len, runs))
    if read < 6 or read < MOST * len(_HIGH.findall(data)):  # two characters at least: one may be chance
        return None
    was = data.decode("utf-8", errors="ignore")
    return was if _HAN.search(was) and was != text else None


def _once_latin(text: str) -> str | None:
    """UTF-8 or GBK that was read as a Western encoding."""
    if not _LATIN.search(text):
        return None
    for wrong in ("cp1252", "latin-1"):
        for right in ("utf-8", "gb18030"):
            try:
                was = text.encode(wrong).decode(right)
            except UnicodeError:
                continue
            if len(_HAN.findall(was)) * 2 >= len(was.strip()):
                return was
    return None
