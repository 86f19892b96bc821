"""Data pages, which are HTML already, handed through MkDocs as they are; prose pages, which are Markdown, converted.

A Python-Markdown extension that mkdocs.yml names. What build.py stages is whole HTML below a front matter; Markdown
would give it back unchanged after reading every tag four times, which took three quarters of MkDocs' time. A page whose
outermost element has the attribute `markdown`, as `md_in_html` has it, is prose.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

PROSE = re.compile(r"\s*<div\b[^<>]* markdown>")

EXTENSIONS = ["attr_list", "md_in_html"]
"""What prose is written in besides: ids and classes in braces, Markdown inside HTML."""

PRIORITY = 29
"""Behind the normalization of blanks (30), which would take the mark of the stash away, and before all others."""


class Passthrough(Extension):
    """Gives a page back as it is, unless it is prose."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Called by Python-Markdown once for each page."""
        md.registerExtensions(EXTENSIONS, {})
        md.preprocessors.register(_Stashed(md), "passthrough", PRIORITY)


class _Stashed(Preprocessor):
    """Puts a page that is no prose into Python-Markdown's stash of raw HTML, which is what it leaves alone."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return lines if PROSE.match(text) else [self.md.htmlStash.store(text.strip())]
