"""A file as saved -> the lines of its document, letter by letter, tables included.

Comes in: bytes and a file's name. Goes out: a Received. One module for each format: plain text, HTML, DOCX, PDF. Apart,
so that whoever cuts clauses never asks where the text came from.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from openplans.confined import Overrun, confined
from openplans.drafting.receiving.document import FileRefused, Line, Received, visible
from openplans.drafting.receiving.others import refuse_others
from openplans.drafting.receiving.page import without_page

__all__ = ["FileRefused", "Line", "Received", "receive"]

_BY_SUFFIX = {
    ".txt": "plain", ".text": "plain", ".md": "plain", "": "plain",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "html", ".mht": "html",
    ".docx": "docx", ".docm": "docx", ".pdf": "pdf",
}  # fmt: skip
"""The module that reads a format, by the ending of the file's name."""

_HAN = re.compile("[\u4e00-\u9fff]")
_NO_CHARACTER = re.compile(r"\(cid:[0-9]+\)")
_FAILED = re.compile(
    "(?:页面|网页|文件|内容|信息|链接)[^。,，]{0,8}(?:不存在|找不到|未找到|已(?:被)?删除|已失效|无法(?:访问|显示|打开))"
    "|(?:无法|禁止|拒绝)访问|访问(?:出错|被拒绝|过于频繁)|安全验证|[Nn]ot [Ff]ound"
)
"""What a server says in place of a document."""
_SHORT = 300
"""A page of fewer characters that says so holds no plan."""
_LONGEST = 1_000_000
"""More characters are no plan, but a collection or a dump: the longest five-year plans have a tenth of it."""
_MANY = 20
"""Glyphs of a PDF that its font gives no characters for: more are no slip of one mark. A page without any Chinese
reports an error (404)."""

_CONFINED = ("docx", "pdf")
"""Formats of which a small file may unpack to any size, or draw the same without end."""

_LARGEST = 200_000_000
"""Bytes that are read of a file; of /dev/zero and what grows without end no more."""

_SIGNATURES = ((b"%PDF", "pdf"), (b"PK\x03\x04", "docx"))


def receive(path: Path) -> Received:
    """The document in a file; FileRefused where it is none that can be read letter by letter."""
    data = _bytes(path)
    refuse_others(data, path.name)
    kind = _kind(path, data)
    received = without_page(visible(_taken_apart(path.name, data, kind)))
    _refuse_what_is_no_plan(path.name, received, kind)
    return received


def _bytes(path: Path) -> bytes:
    """What a file holds; FileRefused where that is nothing, or without an end."""
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise FileRefused(
            f"{path.name} 有 {_LARGEST // 1_000_000} MB 以上，太大了", f"{path.name} has over {_LARGEST:,} bytes"
        )
    if not data.strip():
        raise FileRefused(f"{path.name} 是空的", f"{path.name} is empty")
    return data


def _kind(path: Path, data: bytes) -> str:
    """The format of a file: by how its bytes begin, else by its name; what Word saves as a page may be called .doc."""
    named = _BY_SUFFIX.get(path.suffix.lower())
    kind = next((kind for sign, kind in _SIGNATURES if data.startswith(sign)), None)
    if kind is None and named != "pdf" and _looks_like_html(data):
        kind = "html"
    if kind is None and named is None:
        raise FileRefused(
            f"不认识 {path.name} 的格式：要纯文本、网页、.docx 或带文字的 .pdf",
            f"the format of {path.name} is unknown: plain text, a web page, .docx or a .pdf with text is wanted",
        )
    return kind or str(named)


def _refuse_what_is_no_plan(name: str, received: Received, kind: str) -> None:
    """Raise FileRefused for too much text, for none, and for a page that reports an error."""
    text = "".join(line.text for line in received.lines)
    if len(text) > _LONGEST:
        raise FileRefused(
            f"{name} 有 {_LONGEST // 10000} 万字以上，不像一份规划；请只留下文件本身",
            f"{name} has over {_LONGEST} characters, too many for a plan; leave nothing but the document",
        )
    if not text.strip():
        raise FileRefused(f"{name} 里没有文字", f"{name} holds no text")
    if kind == "html" and len(text) < _SHORT and _FAILED.search(text):
        raise FileRefused(
            f"{name} 是一张出错的网页，不是文件：{text[:40]}",
            f"{name} is the page of an error, not a document: {text[:40]}",
        )
    if (kind == "html" and not _HAN.search(text)) or len(_NO_CHARACTER.findall(text)) > _MANY:
        raise FileRefused(
            f"{name} 里几乎没有汉字：可能是出错的网页，或 PDF 的字体没有对应的文字",
            f"{name} has hardly any Chinese: perhaps a page that reports an error, or a PDF whose font "
            f"gives no characters",
        )


def _taken_apart(name: str, data: bytes, kind: str) -> Received:
    """The document of a file in a format; FileRefused where it can't be read, or takes more than any document does."""
    try:
        said = confined(__name__, "read", data, kind) if kind in _CONFINED else read(data, kind)
    except Overrun as error:
        raise FileRefused(
            f"{name} 要用的内存或时间超过任何一份规划，没有读完；请复制全文存成 .txt",
            f"{name} takes more memory or time than any plan does and was not read to its end; "
            "copy its text into a .txt file",
        ) from error
    if not isinstance(said, Received):
        zh, en = said
        raise FileRefused(zh, en)
    return said


def read(data: bytes, kind: str) -> Received | tuple[str, str]:
    """The document, or why there is none in both languages; for confined.py, where no exception of ours comes out."""
    try:
        found: Received = import_module(f"openplans.drafting.receiving.{kind}").received(data)
    except FileRefused as refused:
        return refused.zh, refused.en
    except MemoryError:
        raise
    except Exception as error:  # what four libraries raise on a broken file is listed nowhere
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return f"文件读不通，可能已损坏（{said}）", f"the file can't be read and may be damaged ({said})"
    return found


def _looks_like_html(data: bytes) -> bool:
    head = data[:1000].lower()
    return any(each in head for each in (b"<html", b"<!doctype html", b"multipart/related"))
