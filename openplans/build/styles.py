"""Stylesheets as they are shipped: without blanks, and of Material's what can match on our pages.

Comes in: CSS, and the templates. Goes out: CSS. Of Material's 1,110 rules our pages meet one in six, so a reader would
wait for 18 KB that style nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import lightningcss

BROWSERS = ["chrome 109", "firefox 115", "safari 15.4", "ios_saf 15.4"]
"""What the styles are written for (docs/browsers.md): shorter forms that these do not read are not used."""

_ATTRIBUTE = re.compile(r'class="([^"]*)"')
_SELECTED = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_DEFINED = re.compile(r"(--[\w-]+)\s*:")
_READ = re.compile(r"var\(\s*(--[\w-]+)")


def minified(css: str) -> str:
    """The same styles in fewer bytes; what no browser reads is left out, as a browser does."""
    return _written(css, frozenset())


def classes(templates: Iterable[str]) -> frozenset[str]:
    """The classes that these templates give; a name put together of parts counts as its parts."""
    found = (attribute for text in templates for attribute in _ATTRIBUTE.findall(text))
    return frozenset(name for attribute in found for name in re.findall(r"[\w-]+", attribute))


def used(css: str, given: frozenset[str], beside: Iterable[str]) -> str:
    """The rules of `css` that match where no classes but the `given` ones are, minified. Of its variables are left
    those that these rules or the stylesheets `beside` it read."""
    unused = {name for name in _SELECTED.findall(css) if name not in given}
    read = {name for each in beside for name in _READ.findall(each)}
    idle, kept = unused, css
    while idle:  # a variable that only an idle variable reads is idle too
        unused |= idle
        kept = _written(css, unused)
        idle = set(_DEFINED.findall(kept)) - set(_READ.findall(kept)) - read - unused
    return kept


def _written(css: str, unused: AbstractSet[str]) -> str:
    written = lightningcss.process_stylesheet(
        css, unused_symbols={*unused}, browsers_list=BROWSERS, error_recovery=True, minify=True
    )
    return str(written)
