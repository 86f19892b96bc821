"""The new site while it is made: what the store holds of it, and what every build writes anew.

Comes in: contents of the store by their names in the site, and files. Goes out: a folder with both and nothing else. It
is made out of an older site, of which little differs: to remove thousands of folders and make them again takes some
disks longer than all the rest of a build takes where little changed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from openplans.artifacts.store import Files, Store


@dataclass(frozen=True)
class Tree:
    """`written`: the folder of what is written anew; `kept`: what the `store` has, by the path of the file in the site.
    Without a store all is written."""

    written: Path
    store: Store | None = None
    kept: Files = field(default_factory=dict)

    def write(self, name: str, content: bytes | str) -> None:
        """Write a file of the site; text as UTF-8, its lines ended by \\n."""
        file = self.written / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, name: str) -> bytes:
        """A file of the site."""
        if self.store and (blob := self.kept.get(name)):
            return self.store.read(blob)
        return (self.written / name).read_bytes()

    def clear(self) -> None:
        """Forget all of it."""
        shutil.rmtree(self.written, ignore_errors=True)
        self.written.mkdir(parents=True)
        self.kept.clear()

    def renew(self, folder: Path) -> None:
        """Make `folder`, which an older site may be in, this one. What is in it already, as a second name of the same
        file, stays; what was written is moved there."""
        wanted = {name: self.store.file(blob.sha256) for name, blob in self.kept.items()} if self.store else {}
        fresh = {each.relative_to(self.written).as_posix(): each for each in self.written.rglob("*") if each.is_file()}
        folders = _above([*wanted, *fresh])
        folder.mkdir(parents=True, exist_ok=True)
        standing = set(_kept(folder, "", wanted, folders))
        for name in sorted(folders):
            (folder / name).mkdir(exist_ok=True)
        for name in wanted.keys() - standing:
            _link(wanted[name], folder / name)
        for name in fresh.keys() - wanted.keys():
            fresh[name].replace(folder / name)


def _above(names: Iterable[str]) -> set[str]:
    """The folders in which these names are, by their own names; "" is what they are all in."""
    found = {""}
    for each in names:
        name = each
        while (name := name.rpartition("/")[0]) not in found:
            found.add(name)
    return found


def _kept(folder: Path, above: str, wanted: Mapping[str, Path], folders: Set[str]) -> Iterator[str]:
    """Remove what is in a folder but is no folder that is needed and no second name of the wanted file; the names of
    these files."""
    with os.scandir(folder) as entries:
        found = list(entries)
    for entry in found:
        name, path = f"{above}{entry.name}", Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if name in folders:
                yield from _kept(path, f"{name}/", wanted, folders)
            else:
                shutil.rmtree(path)
        elif name in wanted and os.path.samestat(entry.stat(follow_symlinks=False), wanted[name].stat()):
            yield name
        else:
            path.unlink()


def _link(file: Path, target: Path) -> None:
    """Give a file a second name; make a copy where the file system has no such."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)
