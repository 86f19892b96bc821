"""Where everything is, from one root.

Comes in: the root folder of a project. Goes out: every folder and file name that
the build reads or writes. Apart, so that no other module spells a path.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

LIBRARY = Path(__file__).parent
"""This package: it carries the schemas and the wording of the rules."""

HOUSE = LIBRARY.parent
"""The repository: templates and mkdocs.yml are its own, whatever root is built."""


@dataclass(frozen=True)
class Paths:
    """The folders of one project. `root` holds `datapackages/`; `output` gets the site."""

    root: Path
    output: Path

    @classmethod
    def of(cls, root: Path, output: Path | None = None) -> Paths:
        """Paths of the project in `root`; the site goes to `root/site` unless told otherwise."""
        root = root.resolve()
        return cls(root, (output or root / "site").resolve())

    @property
    def datapackages(self) -> Path:
        return self.root / "datapackages"

    @property
    def registry(self) -> Path:
        return self.datapackages / "registry"

    @property
    def observations(self) -> Path:
        return self.datapackages / "observations"

    @property
    def plans(self) -> Path:
        return self.datapackages / "plans"

    @property
    def build(self) -> Path:
        """Working files: the new site before it is swapped in, what is kept between builds; beside the output where the
        project cannot be written to."""
        own = self.root / "build"
        writable = os.access(own if own.exists() else self.root, os.W_OK)
        return own if writable else self.output.with_name(f".{self.output.name}.build")

    @property
    def fresh_site(self) -> Path:
        """The new site, until it changes places with the last one; then that one, of which the next is made."""
        return self.build / "site.new"

    @property
    def written(self) -> Path:
        """What a build writes of the new site and does not keep (artifacts/tree.py)."""
        return self.build / "site.written"

    @property
    def cache(self) -> Path:
        """What was made, kept by what it was made of (artifacts/store.py)."""
        return self.build / "cache"

    @property
    def lock(self) -> Path:
        """Held while a build writes, so that two never do."""
        return self.build / "lock"

    @property
    def database(self) -> Path:
        return self.build / "openplans.db"

    @property
    def datasette(self) -> Path:
        """The folder that `datasette serve` serves without code of ours."""
        return self.build / "datasette"

    @property
    def templates(self) -> Path:
        return HOUSE / "templates"

    @property
    def own_templates(self) -> Path:
        """What the root has in the place of templates of this house, file by file."""
        return self.root / "templates"

    @property
    def changed_templates(self) -> list[Path]:
        """The files among `own_templates` that are not the house's, byte for byte: a copy has nothing to judge."""
        own, house = self.own_templates, self.templates
        if own == house:
            return []
        there = [each for each in sorted(own.rglob("*")) if each.suffix in (".j2", ".html", ".po")]
        return [each for each in there if not _same(each, house / each.relative_to(own))]

    @property
    def settings(self) -> Path:
        """Who publishes the root, and where."""
        return self.root / "site.toml"

    def shown(self, path: Path) -> str:
        """`path` as messages print it: relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def _same(one: Path, other: Path) -> bool:
    """Whether two files hold the same bytes."""
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
