"""Files that are surely of another format -> what to do with them, in both languages.

Comes in: the bytes of a file and its name. Goes out: FileRefused, or nothing. Apart, because the advice differs by
format: an old Word file is saved anew, an archive unpacked, a picture replaced by the text.
"""

from __future__ import annotations

import io
import zipfile

from openplans.drafting.receiving.document import FileRefused

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which Office keeps a .docx that has a password."""

_SAVE = ("请另存为 .docx", "save it as .docx")
_UNPACK = ("请先解压，再用里面的文件", "unpack it and take the file inside")
_PICTURE = (
    "图片里没有文字。请用原文网页、Word 文件或可复制文字的 PDF",
    "a picture holds no text; take the web page, the Word file or a PDF with text",
)

_SIGNS: tuple[tuple[bytes, str, str, tuple[str, str]], ...] = (
    (b"{\\rtf", "RTF 文件", "an RTF file", _SAVE),
    (b"\x89PNG", "图片", "a picture", _PICTURE),
    (b"\xff\xd8\xff", "图片", "a picture", _PICTURE),
    (b"GIF8", "图片", "a picture", _PICTURE),
    (b"BM", "图片", "a picture", _PICTURE),
    (b"II*\0", "图片", "a picture", _PICTURE),
    (b"MM\0*", "图片", "a picture", _PICTURE),
    (b"7z\xbc\xaf", "压缩包", "an archive", _UNPACK),
    (b"Rar!", "压缩包", "an archive", _UNPACK),
    (b"\x1f\x8b", "压缩包", "an archive", _UNPACK),
    (b"SQLite format 3", "数据库", "a database", _SAVE),
)  # fmt: skip
"""How a file begins, what it is, and what to do."""

_INSIDE: tuple[tuple[str, str, str, tuple[str, str]], ...] = (
    (
        "OFD.xml",
        "OFD 版式文件",
        "an OFD file",
        (
            "请在 OFD 阅读器里转换成 PDF，或复制全文存成 .txt",
            "convert it to PDF in an OFD reader, or copy its text into a .txt file",
        ),
    ),
    (
        "xl/workbook.xml",
        "Excel 工作簿",
        "an Excel workbook",
        ("请把文件正文存为 .docx 或 .txt", "save the document's text as .docx or .txt"),
    ),
    (
        "ppt/presentation.xml",
        "演示文稿",
        "a slide show",
        ("请把文件正文存为 .docx 或 .txt", "save the document's text as .docx or .txt"),
    ),
    ("content.xml", "OpenDocument 文件", "an OpenDocument file", _SAVE),
)
"""A file inside of a ZIP that tells what it is."""


def refuse_others(data: bytes, name: str) -> None:
    """Raise FileRefused for a file that is known to be something else than the formats that are read."""
    if data.startswith(_OLE):
        raise _ole(data, name)
    for sign, zh, en, (todo_zh, todo_en) in _SIGNS:
        if data.startswith(sign) and not (sign == b"BM" and _is_text(data)):
            raise FileRefused(f"{name} 是{_apart(zh)}{zh}。{todo_zh}", f"{name} is {en}; {todo_en}")
    if data.startswith(b"PK\x03\x04"):
        _refuse_zip(data, name)


def _apart(words: str) -> str:
    """A blank before Latin letters."""
    return " " if words[0].isascii() else ""


def _ole(data: bytes, name: str) -> FileRefused:
    if _ENCRYPTED in data:
        return FileRefused(
            f"{name} 有密码。请去掉密码，再另存为 .docx", f"{name} has a password; save it as .docx without one"
        )
    what = "WPS 文字文件（.wps）" if name.lower().endswith(".wps") else "旧式 Word 文件（.doc）"
    english = "a WPS file (.wps)" if name.lower().endswith(".wps") else "an old Word file (.doc)"
    return FileRefused(
        f"{name} 是{what}。请在 Word 或 WPS 里另存为 .docx", f"{name} is {english}; save it as .docx in Word or WPS"
    )


def _refuse_zip(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = set(archive.namelist())
    except zipfile.BadZipFile:
        raise FileRefused(f"{name} 已损坏，打不开", f"{name} is damaged and can't be opened") from None
    for entry, zh, en, (todo_zh, todo_en) in _INSIDE:
        if entry in inside:
            raise FileRefused(f"{name} 是{_apart(zh)}{zh}。{todo_zh}", f"{name} is {en}; {todo_en}")
    if "word/document.xml" not in inside:
        raise FileRefused(f"{name} 是压缩包。{_UNPACK[0]}", f"{name} is an archive; {_UNPACK[1]}")


def _is_text(data: bytes) -> bool:
    return b"\0" not in data[:64]
