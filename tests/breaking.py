"""The broken fixtures: tests/fixtures/broken/<rule>/<case>/ breaks a rule in one way, and says how.

`edit.toml` lists what is done to the tiny project, files below datapackages/; whatever else a case holds is laid over it.
"""

from __future__ import annotations

import csv
import io
import shutil
import tomllib
from pathlib import Path
from typing import Any

from tests.conftest import FIXTURES

BROKEN = FIXTURES / "broken"


def cases() -> list[str]:
    """Every case as <rule>/<case>; a rule whose folder is a case itself, by the rule alone."""
    found = []
    for rule in sorted(BROKEN.iterdir()):
        alone = any((rule / each).exists() for each in ("datapackages", "edit.toml", "REMOVE"))
        found += [rule.name] if alone else [f"{rule.name}/{each.name}" for each in sorted(rule.iterdir())]
    return found


def broken(root: Path, case: str) -> None:
    """Do to the project in `root` what a case says."""
    folder = BROKEN / case
    if (folder / "REMOVE").exists():
        _remove(root / (folder / "REMOVE").read_text(encoding="utf-8").strip())
    if (folder / "datapackages").exists():
        shutil.copytree(folder / "datapackages", root / "datapackages", dirs_exist_ok=True)
    if (folder / "edit.toml").exists():
        said = tomllib.loads((folder / "edit.toml").read_text(encoding="utf-8"))
        for kind in ("remove", "edit", "append", "write", "folder", "link", "save"):
            for each in said.get(kind, ()):
                _DO[kind](root / "datapackages" / each.pop("file").removeprefix("datapackages/"), **each)


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_bytes(text.replace(old, new).encode())


def _append(path: Path, text: str) -> None:
    path.write_bytes(path.read_bytes() + text.encode())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _link(path: Path, to: str) -> None:
    path.symlink_to(to)


def _save(
    path: Path, encoding: str = "utf-8", line_end: str = "\n", separator: str = ",", misread: str = "", cut: str = ""
) -> None:
    """Save a table as some program would: in another encoding, after misreading it, with half a character lost."""
    text = path.read_text(encoding="utf-8")
    if separator != ",":
        rows = csv.reader(io.StringIO(text, newline=""))
        text = "".join(separator.join(row) + "\n" for row in rows)
    if misread:
        text = text.encode().decode(misread, errors="replace").replace("\ufffd", "?")
    data = text.replace("\n", line_end).encode(encoding)
    if cut:
        at = data.index(cut.encode()) + 1
        data = data[:at] + data[at + 1 :]
    path.write_bytes(data)


_DO: dict[str, Any] = {
    "remove": _remove, "edit": _edit, "append": _append, "write": _write, "folder": Path.mkdir, "link": _link, "save": _save,
}  # fmt: skip
