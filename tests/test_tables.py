"""Every table of the site has a name, for those who hear it."""

from __future__ import annotations

import re

from openplans.paths import Paths


def test_every_table_has_a_name(real: Paths) -> None:
    nameless = {}
    for page in real.output.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for tag, head in re.findall(r"(<table[^>]*>)\s*(<caption)?", text):
            label = re.search(r'aria-label(ledby)?="([^"]+)"', tag)
            known = head or (label and (not label[1] or f'id="{label[2]}"' in text))
            if not known:
                nameless[page.relative_to(real.output).as_posix()] = tag
    assert nameless == {}
