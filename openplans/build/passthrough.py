"""Data pages, which are HTML already, handed through MkDocs as they are; prose pages, which are Markdown, converted.

A Python-Markdown extension that mkdocs.yml names. What build.py stages is whole HTML below a front matter; Markdown
would give it back unchanged after reading every tag four times, which took three quarters of MkDocs' time. A page whose
outermost element has the attribute `markdown`, as `md_in_html` has it, is prose.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension

PROSE = re.compile(r"\s*<div\b[^<>]* markdown>")

EXTENSIONS = ["attr_list", "md_in_html"]
"""What prose is written in besides: ids and classes in braces, Markdown inside HTML."""


class Passthrough(Extension):
    """Makes `convert` give a page back as it is, unless it is prose."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Called by Python-Markdown once for each page."""
        markdown = md.convert

        def convert(text: str) -> str:
            if not PROSE.match(text):
                return text.strip()
            md.registerExtensions(EXTENSIONS, {})
            return str(markdown(text))

        md.convert = convert
