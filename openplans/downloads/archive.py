"""Zip files: a package with all that a stranger needs to use it, and several files as one.

Comes in: the contents of files by name. Goes out: the bytes of a zip. The same contents give the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

_TIME = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a zip: the earliest that the format knows."""

CHECKSUMS = "SHA256SUMS"


def zipped(folder: str, files: Mapping[str, bytes]) -> bytes:
    """The files in one folder, with their checksums as `sha256sum --check` reads them."""
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in {**files, CHECKSUMS: sums.encode()}.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", _TIME)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()
