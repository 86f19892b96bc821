"""An Atom feed (RFC 4287) of dated entries.

Comes in: a title, addresses, entries. Goes out: the text of
the feed. Its times are those of the data, never of the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as xml

NAMESPACE = "http://www.w3.org/2005/Atom"

UNKNOWN = "tag:open-plans,2025:"
"""What ids begin with where the site's address is not told: an id has to be an IRI."""


@dataclass(frozen=True)
class Entry:
    """What a reader is told of: `path` from the site's root, `day` YYYY-MM-DD. `key`: what identifies it where several
    stand on one page."""

    path: str
    title: str
    day: str
    text: str
    key: str = ""


def atom(title: str, path: str, site: str, updated: str, entries: Iterable[Entry], author: str = "Open Plans") -> str:
    """The feed at `path`; `site` is the site's public address with its slash, or ""."""
    up = "../" * path.count("/")
    feed = xml.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "zh-CN"})
    _add(feed, "title", title)
    _add(feed, "id", f"{site or UNKNOWN}{path}")
    _add(feed, "updated", f"{updated}T00:00:00Z")
    xml.SubElement(xml.SubElement(feed, "author"), "name").text = author
    if site:
        xml.SubElement(feed, "link", {"rel": "self", "href": f"{site}{path}"})
    for each in entries:
        entry = xml.SubElement(feed, "entry")
        _add(entry, "title", each.title)
        _add(entry, "id", f"{UNKNOWN}{each.key}" if each.key else f"{site or UNKNOWN}{each.path}")
        _add(entry, "updated", f"{each.day}T00:00:00Z")
        xml.SubElement(entry, "link", {"href": f"{site}{each.path}" if site else f"{up}{each.path}"})
        _add(entry, "summary", each.text)
    xml.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{xml.tostring(feed, encoding="unicode")}\n'


def _add(parent: xml.Element, name: str, text: str) -> None:
    xml.SubElement(parent, name).text = text
