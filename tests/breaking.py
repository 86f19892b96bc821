"""The broken fixtures: tests/fixtures/broken/<rule>/<case>/
breaks a rule in one way, and says how; sound/ comes near it.

`edit.toml` lists what is done to the tiny project, files below datapackages/; whatever else a case holds is laid over
it. `said.txt` is what is said of a broken one, as it was reviewed. Of a sound one nothing is said: its rule lets it be.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

from openplans.problems import Problem
from openplans.text.folding import CELL
from tests.conftest import FIXTURES

BROKEN, SOUND = FIXTURES / "broken", FIXTURES / "sound"


def cases(top: Path = BROKEN) -> list[str]:
    """Every case as <rule>/<case>; a rule whose folder is a case itself, by the rule alone."""
    found = []
    for rule in sorted(top.iterdir()):
        alone = any((rule / each).exists() for each in ("datapackages", "edit.toml", "REMOVE"))
        more = [each.name for each in rule.iterdir() if each.is_dir() and each.name != "datapackages"]
        assert not (alone and more), f"{rule.name} is a case itself, and {more} in it would never be tried"
        found += [rule.name] if alone else [f"{rule.name}/{each.name}" for each in sorted(rule.iterdir())]
    return found


def in_words(problems: list[Problem]) -> str:
    """What is said of problems, each with its place and what follows from it, to be reviewed beside the fixture."""
    told = [
        [f"{each.address} {each.field}", each.zh, each.en, each.hint_zh, each.hint_en, *each.follows]
        for each in problems
    ]
    return "\n\n".join("\n".join(line.rstrip() for line in lines) for lines in told) + "\n"


def broken(root: Path, case: str, top: Path = BROKEN) -> None:
    """Do to the project in `root` what a case says."""
    folder = top / case
    if (folder / "REMOVE").exists():
        _remove(root / (folder / "REMOVE").read_text(encoding="utf-8").strip())
    if (folder / "datapackages").exists():
        shutil.copytree(folder / "datapackages", root / "datapackages", dirs_exist_ok=True)
    if (folder / "edit.toml").exists():
        said = tomllib.loads((folder / "edit.toml").read_text(encoding="utf-8"))
        for kind in ("say", "reword", "remove", "edit", "append", "write", "folder", "link", "save"):
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


def _say(folder: Path, text: str, kind: str = "paragraph", number: str = "", parent: str = "c001") -> None:
    """Have the document of a plan say one line more: at the end of its source, and as a clause."""
    source, clauses = folder / "source.txt", folder / "clauses.csv"
    head, foot, rest = source.read_text(encoding="utf-8").rpartition("\n打印本页\n")
    line = "\n".join(text.split(CELL))
    source.write_text(f"{head}\n{line}\n{foot}{rest}" if foot else f"{rest}\n{line}\n", encoding="utf-8")
    order = clauses.read_text(encoding="utf-8").count(f"\n{folder.name}-c") + 1
    above = f"{folder.name}-{parent}" if parent else ""
    with clauses.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([f"{folder.name}-c{order:03}", above, order, kind, number, text])
    _hash(folder)


def _reword(folder: Path, old: str, new: str) -> None:
    """Have the document of a plan say something in other words, and its tables with it."""
    for path in (*sorted(folder.glob("*.csv")), folder / "source.txt", folder / "datapackage.json"):
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    _hash(folder)


def _hash(folder: Path) -> None:
    """Note that the document of a plan is another one."""
    path, source = folder / "datapackage.json", (folder / "source.txt").read_text(encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'(?<="source_sha256": ")\w+', hashlib.sha256(source.encode()).hexdigest(), text)
    path.write_text(re.sub(r'(?<="source_length": )\d+', str(len(source)), text), encoding="utf-8")


_DO: dict[str, Any] = {
    "remove": _remove,
    "edit": _edit,
    "append": _append,
    "write": _write,
    "folder": Path.mkdir,
    "link": _link,
    "save": _save,
    "say": _say,
    "reword": _reword,
}
