"""Pages that are HTML already, handed through MkDocs as they are.

A Python-Markdown extension that mkdocs.yml names. What build.py stages is whole HTML below a front matter; Markdown
would give it back unchanged after reading every tag four times, which took three quarters of MkDocs' time. Without this
extension the site is the same, only later.
"""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension


class Passthrough(Extension):
    """Makes `convert` give a page back as it is."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Called by Python-Markdown once for each page."""
        md.convert = str.strip
