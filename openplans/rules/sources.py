"""Can a source of actual figures be opened, and is it what it is said to be?

Comes in: the observations' sources, and those that updates name. Goes out: Hits. Apart from observations.py, which asks
whether a figure can be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from openplans.packages.link import World
from openplans.packages.read import Package, Row
from openplans.rules.hits import Hit, at
from openplans.rules.series import day
from openplans.text.period import year_of

GOVERNMENT = ".gov.cn"
"""The domain that only governments of China are given."""

COPIED = re.compile("转载|镜像|转引|转发|搬运|repost|mirror|reprint", re.IGNORECASE)
"""How a title or publisher says that a page copies another."""

_YEAR = re.compile(r"(?<!\d)(20\d\d|19[5-9]\d)(?=年)")

_DAY_OF_ADDRESS = re.compile(r"(?<!\d)(20\d\d)([-/_]?)(0?[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01]|(?<=\D)[1-9])(?!\d)")
"""A day in the address of a page: /2025-04/08/, /20250408/, /2025/4/8/."""

LATER = 31
"""Days between the one in an address and that on the page, from which they are not one."""

_HOME = re.compile(r"/?(?:(?:index|default|home)\.[a-z]+)?")
"""The path of a site's first page."""

_SEARCH = re.compile(r"(?:^|\.)(?:baidu|so|sogou|bing|google|sm|toutiao)\.(?:com|cn|com\.hk)$")

_ASKED = re.compile("/(?:s|web|search|link|m|)/?")
"""The host and the path of a search engine's answers."""

_TITLED = re.compile(r"\d{4}年.*(?:公报|报告|月报|年报|状况|公告)")

OF_A_WHOLE_YEAR = re.compile("国民经济和社会发展统计公报")
"""A source that tells of a year that is over, and of the one before it only what was verified since."""

_BODY = re.compile("(?:局|政府|委员会|总队|日报|晚报|中心)$")

_ISSUER = re.compile("(?:局|厅|政府|委员会|总队|调查队)$")
_ISSUED = re.compile("公报|政府工作报告")
"""A body of government and what it issues: on a site that is none of government's there is a copy."""

_PAPER_NAME = re.compile("[\u4e00-\u9fff]{2,6}(?:日报|晚报|商报|新闻网|在线)$")
"""The name of a newspaper, which is no title by itself."""


def years_titled(source: Mapping[str, Any]) -> list[int]:
    """The years that the title of a source names."""
    return [int(each) for each in _YEAR.findall(source["title"])]


def before_its_title(source: Mapping[str, Any]) -> bool:
    """Whether a source is said to be published before the last year that its title names, or within it where it tells
    of the whole year."""
    year, titled = year_of(source["published"]), max(years_titled(source), default=0)
    return bool(year) and int(year) < titled + bool(titled and OF_A_WHOLE_YEAR.search(source["title"]))


def day_of_address(source: Mapping[str, Any]) -> date | None:
    """The day that the address of a source names; None where it names none."""
    found = _DAY_OF_ADDRESS.search(source["url"])
    try:
        return date(int(found[1]), int(found[3]), int(found[4])) if found else None
    except ValueError:  # 31 February
        return None


def before_its_address(source: Mapping[str, Any]) -> bool:
    """Whether a source is said to be published before the day that its address names; a day before, where the clocks of
    two places differ, says nothing.
    """
    printed, published = day_of_address(source), day(source["published"])
    return printed is not None and published is not None and (printed - published).days > 1


def source_without_address(world: World, package: Package) -> Iterator[Hit]:
    """A source has an address that readers can open."""
    for row in package["sources"]:
        host = host_of(row["url"])
        nowhere = host and "." not in host and not _untidy(row["url"])  # what is no address at all is the schema's
        if not row["url"] or nowhere:
            yield at(package.tables["sources"], row, "url", source=row["source_id"])


def source_no_page(world: World, package: Package) -> Iterator[Hit]:
    """A source is the page that has the figure; not a site's first page, nor what a search engine found."""
    for name, column in (("sources", "url"), ("updates", "source_url")):
        for row in package[name] if name in package.tables else ():
            if is_no_page(row[column]):
                yield at(package.tables[name], row, column, value=row[column])
    if is_no_page(str(package.descriptor.get("source_url") or "")):
        yield at(None, column="source_url", value=package.descriptor["source_url"])
    for path in (path for path in paths_of(package) if package.kind == "plan" and is_no_page(path)):
        yield at(None, column="sources", value=path)


def paths_of(package: Package) -> list[str]:
    """The addresses of the sources that a descriptor names."""
    sources = (each for each in package.descriptor.get("sources") or () if isinstance(each, dict))
    return [str(each["path"]) for each in sources if each.get("path")]


def is_no_page(url: str) -> bool:
    """Whether an address is that of a site's first page, or of what a search engine found."""
    try:
        parts = urlsplit(url)
    except ValueError:  # which the schema says
        return False
    first = bool(_HOME.fullmatch(parts.path)) and not parts.query and not parts.fragment
    return bool(parts.netloc) and (first or bool(_SEARCH.search(host_of(url)) and _ASKED.fullmatch(parts.path)))


_UNTIDY = re.compile(r"""[。，；、：）】》”’！？,;)\]>"']$|[。，；、【】《》“”]|.https?://|\.\.\.""")
"""What no address ends with or holds: the marks of the sentence that it was copied from, a second address."""


def address_untidy(world: World, package: Package) -> Iterator[Hit]:
    """An address has nothing of the sentence around it, and is one."""
    cells = [(table, row, column) for name, column in (("sources", "url"), ("updates", "source_url"))
             if (table := package.tables.get(name)) for row in table.rows]  # fmt: skip
    for table, row, column in cells:
        if found := _untidy(row[column]):
            yield at(table, row, column, value=row[column], mark=found)
    if found := _untidy(str(package.descriptor.get("source_url") or "")):
        yield at(None, column="source_url", value=package.descriptor["source_url"], mark=found)


def _untidy(url: str) -> str:
    """What an address has that is none of it; a bracket that it opened is its own."""
    found = _UNTIDY.search(url)
    closed = found and found[0] == ")" and url.count("(") == url.count(")")
    return "" if not found or closed else found[0]


_SAME_PAGE = re.compile(r"^https?://(?:www\.)?|/?(?:index\.[a-z]+)?(?:#.*)?$")
"""What of an address makes no other page of it."""


def source_twice(world: World, package: Package) -> Iterator[Hit]:
    """A page is one source, however many figures it gives."""
    first: dict[str, Row] = {}
    for row in package["sources"]:
        page = _SAME_PAGE.sub("", row["url"])
        if row["url"] and first.setdefault(page, row) is not row:
            facts = {"source": row["source_id"], "other": first[page]["source_id"]}
            yield at(package.tables["sources"], row, "url", **facts)


def source_unused(world: World, package: Package) -> Iterator[Hit]:
    """Every source is one of some figure, or of one that was left out; asked where all plans were read, since figures
    about the targets of others are not.
    """
    if not world.project.all_read:
        return
    used = {row["source_id"] for name in ("observations", "left_out") for row in package[name]}
    for row in package["sources"]:
        if row["source_id"] not in used:
            yield at(package.tables["sources"], row, "source_id", source=row["source_id"], title=row["title"])


def source_kind_differs(world: World, package: Package) -> Iterator[Hit]:
    """A copy is called one, and says so in its title or publisher; what is official stands on a government's own site,
    and what stands there is official or a copy. Asked of the sources of actual figures and of those that updates name.
    """
    for name, start in (("sources", ""), ("updates", "source_")):
        for row in package[name] if name in package.tables else ():
            kind, host = row[f"{start}kind"], host_of(row[f"{start}url"])
            copied = COPIED.search(row[f"{start}title"] + row.get("publisher", ""))
            official = f".{host}".endswith(GOVERNMENT)
            wrong = {"official": not official, "media": copied or official, "repost": not copied}
            if "." in host and wrong.get(kind):
                issued = kind == "official" and (
                    _ISSUER.search(row.get("publisher", "")) or _ISSUED.search(row[f"{start}title"])
                )
                meant = "official" if official and not copied else "repost" if copied or issued else "media"
                facts = {"source": row[package.tables[name].columns[0]], "kind": kind, "host": host, "meant": meant}
                yield at(package.tables[name], row, f"{start}kind", **facts)


def host_of(url: str) -> str:
    """The host of an address, or what stands in its place where that can be none (https://[)."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return url.partition("//")[2]


def source_swapped(world: World, package: Package) -> Iterator[Hit]:
    """A publisher is a body and a title tells what it published."""
    for row in package["sources"]:
        titled = _TITLED.search(row["publisher"]) and _BODY.search(row["title"]) and not _TITLED.search(row["title"])
        paper = _PAPER_NAME.fullmatch(row["title"]) and row["title"] not in row["publisher"]
        if titled or (paper and not _BODY.search(row["publisher"])):
            yield at(package.tables["sources"], row, "title", title=row["title"], publisher=row["publisher"])


def published_before_title(world: World, package: Package) -> Iterator[Hit]:
    """A source was published in the last year that its title names, or later; what tells of a whole year, later."""
    for row in package["sources"]:
        if before_its_title(row):
            printed, published = day_of_address(row), day(row["published"])
            so = printed and published and abs((published - printed).days) <= LATER  # it is the title that is wrong
            facts = {"source": row["source_id"], "published": row["published"], "title": row["title"]}
            yield at(package.tables["sources"], row, "title" if so else "published", **facts)


def published_before_address(world: World, package: Package) -> Iterator[Hit]:
    """A source was published on the day that its address names, or later."""
    for row in package["sources"]:
        if before_its_address(row) and not before_its_title(row):
            facts = {"source": row["source_id"], "published": row["published"], "day": str(day_of_address(row))}
            yield at(package.tables["sources"], row, "published", **facts)


def published_after_address(world: World, package: Package) -> Iterator[Hit]:
    """A source was published about the day that its address names."""
    for row in package["sources"]:
        printed, published = day_of_address(row), day(row["published"])
        if printed and published and (published - printed).days > LATER:
            facts = {"source": row["source_id"], "published": row["published"], "day": str(printed)}
            yield at(package.tables["sources"], row, "published", **facts)
