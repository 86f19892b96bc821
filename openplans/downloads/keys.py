"""The keys of downloads: of what they are made, and of what makes them.

Comes in: the data of a download. Goes out: its key in the store (artifacts/store.py).
"""

from __future__ import annotations

import zlib
from importlib.metadata import version

from openplans.artifacts.digests import Digests
from openplans.artifacts.store import digest, of_folders
from openplans.paths import HOUSE


class Keys:
    """The keys of downloads: of what they are made, and of what makes them."""

    def __init__(self) -> None:
        self.digests = Digests()
        made_with = [f"{name} {version(name)}" for name in ("xlsxwriter", "pyarrow", "icalendar", "jinja2")]
        self.code = digest(
            of_folders(HOUSE / "openplans", HOUSE / "templates" / "files"), zlib.ZLIB_RUNTIME_VERSION, *made_with
        )

    def of(self, kind: str, *needs: object) -> str:
        """The key of a download of a kind that needs these."""
        return digest(self.code, kind, self.digests.of(*needs))
