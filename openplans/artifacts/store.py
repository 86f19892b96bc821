"""What was made, kept by what it was made of: a content-addressed store under build/cache/.

Comes in: a key (the digest of all that an output depends on) and the files that were made for it. Goes out: the same
files for the same key, which tree.py links into the site. `files/<sha256>` holds contents, `keys.db` says which key
stands for which of them. A content whose length or time of change is not what it was when it was written is compared
with its name before it is used, as git does with its index, so an empty, cut or edited entry counts as absent and is
made again; what is put stays although the build is ended later, so the next one goes on there.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_SCHEMA = """CREATE TABLE IF NOT EXISTS made (
    key TEXT, name TEXT, sha256 TEXT, bytes INTEGER, changed INTEGER, used INTEGER, PRIMARY KEY (key, name)
) WITHOUT ROWID"""

_MODE = 0o644
"""Of every file, whatever the umask: a web server of another user reads the site."""


@dataclass(frozen=True)
class Blob:
    """A content in the store: its digest and its length."""

    sha256: str
    bytes: int


Files = dict[str, Blob]
"""What was made for a key, by name."""


class Store:
    """One folder of kept outputs. It has one writer: the process that builds."""

    def __init__(self, folder: Path) -> None:
        """Open the store in `folder`, empty where there is none or its index is damaged."""
        self.contents = folder / "files"
        self.contents.mkdir(parents=True, exist_ok=True)
        self._sound: dict[str, int] = {}
        self._asked: set[str] = set()
        try:
            self._open(folder / "keys.db")
        except sqlite3.DatabaseError:
            for each in folder.glob("keys.db*"):
                each.unlink()
            self._open(folder / "keys.db")

    def _open(self, index: Path) -> None:
        self.index = sqlite3.connect(index, isolation_level=None)
        self.index.execute("PRAGMA journal_mode = WAL")
        self.index.execute("PRAGMA synchronous = NORMAL")  # the end of the machine costs the last entries, nothing else
        self.index.execute(_SCHEMA)
        last, _ = self.index.execute("SELECT max(used), max(changed) FROM made").fetchone()
        self.turn = 1 + (last or 0)

    def get(self, key: str) -> Files | None:
        """What was made for a key; None where nothing was or where a content is not what it was."""
        rows = self.index.execute("SELECT name, sha256, bytes, changed FROM made WHERE key = ?", (key,)).fetchall()
        if not rows or not all(self._is_sound(sha256, (size, changed)) for _, sha256, size, changed in rows):
            return None
        touched = [(self._sound[sha256], key, name) for name, sha256, _, was in rows if was != self._sound[sha256]]
        if touched:
            self.index.executemany("UPDATE made SET changed = ? WHERE key = ? AND name = ?", touched)
        self._asked.add(key)
        return {name: Blob(sha256, size) for name, sha256, size, _ in rows}

    def put(self, key: str, made: Mapping[str, bytes]) -> Files:
        """Keep what was made for a key, in one step: all of it or nothing."""
        files = {name: self._write(content) for name, content in made.items()}
        rows = [
            (key, name, each.sha256, each.bytes, self._sound[each.sha256], self.turn) for name, each in files.items()
        ]
        self.index.execute("BEGIN")
        self.index.execute("DELETE FROM made WHERE key = ?", (key,))
        self.index.executemany("INSERT INTO made VALUES (?, ?, ?, ?, ?, ?)", rows)
        self.index.execute("COMMIT")
        return files

    def read(self, blob: Blob) -> bytes:
        """A content."""
        return self.file(blob.sha256).read_bytes()

    def file(self, sha256: str) -> Path:
        """Where a content lies: to be read and linked only, since all its names are one file."""
        return self.contents / sha256[:2] / sha256

    def prune(self) -> None:
        """Forget what neither this build nor the one before it used."""
        self.index.execute("BEGIN")  # one step for all, which a build would write 30,000 of
        self.index.executemany("UPDATE made SET used = ? WHERE key = ?", ((self.turn, key) for key in self._asked))
        self.index.execute("COMMIT")
        self.index.execute("DELETE FROM made WHERE used < ?", (self.turn - 1,))
        wanted = {sha256 for (sha256,) in self.index.execute("SELECT DISTINCT sha256 FROM made")}
        for file in self.contents.glob("*/*"):
            if file.name not in wanted:
                file.unlink()

    def close(self) -> None:
        """Give the index back."""
        self.index.close()

    def _is_sound(self, sha256: str, was: tuple[int, int] | None = None) -> bool:
        """Whether a content is what its name says; looked at once in a build. `was`: its length and its time of change
        when it was: where these are the same, it is not read."""
        if sha256 not in self._sound:
            with suppress(OSError):
                file = self.file(sha256)
                found = file.stat()
                unchanged = was == (found.st_size, found.st_mtime_ns)
                if unchanged or hashlib.sha256(file.read_bytes()).hexdigest() == sha256:
                    self._sound[sha256] = found.st_mtime_ns
        return sha256 in self._sound

    def _write(self, content: bytes) -> Blob:
        """Write a content under its name by way of a file of another name, so that none is ever half there."""
        blob = Blob(hashlib.sha256(content).hexdigest(), len(content))
        file = self.file(blob.sha256)
        if not self._is_sound(blob.sha256):
            file.parent.mkdir(exist_ok=True)
            part = file.with_name(f"{file.name}.part")
            try:
                part.write_bytes(content)
            except OSError:  # a full disk is no fuller for it
                part.unlink(missing_ok=True)
                raise
            part.chmod(_MODE)
            self._sound[blob.sha256] = part.stat().st_mtime_ns
            part.replace(file)
        return blob


def digest(*parts: bytes | str) -> str:
    """The key of these parts; where one ends and the next begins counts."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()


def of_folders(*folders: Path, but: Iterable[str] = ("__pycache__",)) -> str:
    """The digest of all files below folders, by name and content: of code and templates."""
    files = sorted(
        (path.relative_to(folder).as_posix(), path)
        for folder in folders
        for path in ([folder] if folder.is_file() else folder.rglob("*"))
        if path.is_file() and not set(path.parts) & set(but)
    )
    return digest(*(part for name, path in files for part in (name, path.read_bytes())))
