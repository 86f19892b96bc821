"""Every address of the site, in one place.

Comes in: ids. Goes out: paths of pages from the site's root, without slashes at the ends ("plans/x/targets"; "" is the
home page), fragments, and paths of files. `pages.page.Page.to` makes them relative. Apart, because a page, a download,
a search record, a calendar and the database all lead to the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase
from typing import Literal
from urllib.parse import urlencode

HOME = ""
PLANS = "plans"
INDICATORS = "indicators"
ORGANIZATIONS = "units"  # the bureaus that answer for promises; a unit of measure has no page
THEMES = "themes"
COMPARE = "compare"
CALENDAR = "calendar"
FINDINGS = "findings"
REGIONS = "regions"
PROGRESS = "progress"
BULLETINS = "bulletins"
CHANGES = "changes"
FEED = "bulletins/atom.xml"
DATA = "data"
DICTIONARY = "data/dictionary"
SQL = "data/sql"
SEARCH = "search"
ABOUT = "about"
METHOD = "method"
CONTRIBUTE = "contribute"
EMBED = "embed"
DATASETTE = "/db/"  # beside the site, where this project serves both
DATABASE = "openplans"  # what Datasette calls the database: the file's name without .db

PlanPage = Literal["", "targets", "tasks", "projects", "units", "text"]
"""The pages of a plan: its overview ("") and its lists."""

ROWS: dict[str, PlanPage] = {
    "t": "targets",
    "b": "targets",
    "k": "tasks",
    "p": "projects",
    "c": "text",
    "n": "text",
}
"""The page of a plan that has a row, by the letter of the row's id."""

INDEX = "index.html"

_PACKAGE = r"(data/(?:plans/[^/]+|registry|observations))/[a-z_]+"

MOVED = (
    (r"(data/(?:targets|tasks|projects|responsibilities))-all(\..+)", "$1_named$2"),
    (r"(data/comparison)(\..+)", "$1s_named$2"),
    (rf"{_PACKAGE}\.(xlsx|json)", "$1.$2"),
    (rf"{_PACKAGE}\.parquet", "$1.parquet.zip"),
    (rf"{_PACKAGE}\.excel\.csv", "$1.excel.zip"),
    (r"(data/all)\.json", "$1.parquet.zip"),
    (r"(data/all)\.xlsx", "$1.excel.zip"),
    (r"(data/[^/]+|data/all/[^/]+)\.xlsx", "$1.csv"),
    (r"(data/[^/]+|data/all/[^/]+)\.json", "$1.parquet"),
    (r"data/units/.+\.csv", "data/responsibilities_named.csv"),
    (r"(data/units/.+)/docket\.xlsx", "$1/promises.xlsx"),
    (r"(data/.+)\.excel\.csv", "$1.xlsx"),
)
"""Where a file went that is at its address no more: a pattern of the whole path, and the file that holds the same,
which may have gone on from there. The patterns are read by Python, by the script of the page for what is not found, and
by nginx (docs/deploy.md) alike."""


def _row_addresses() -> Iterator[tuple[str, str]]:
    """An id as an address, 330326-pingyang-2025-t073 or plans/330326-pingyang-2025/targets/t073: the page and the
    fragment where the row stands or, where it was removed, what became of it."""
    pages: dict[str, str] = {}
    for letter, page in ROWS.items():
        pages[page] = pages.get(page, "") + letter
    rest = "".join(sorted(set(ascii_lowercase) - ROWS.keys()))
    for place, letters in [*pages.items(), ("", rest)]:
        row = rf"(?:.*/)?([0-9]{{6,12}}-[a-z0-9-]+?)(?:-|/(?:[a-z]+/)?)([{letters}][0-9]{{3,}})/?"
        yield row, f"{PLANS}/$1/{place}/{INDEX}#$2".replace("//", "/")


ROW_ADDRESSES = tuple(_row_addresses())
"""As MOVED, for the page for what is not found."""


def plans(region_code: str = "") -> str:
    """The list of all plans or of those of one region."""
    return f"{PLANS}/{region_code}".rstrip("/")


def plan(plan_id: str, page: str = "") -> str:
    """A page of a plan."""
    return f"{PLANS}/{plan_id}/{page}".rstrip("/")


def indicator(concept_id: str, region_code: str = "") -> str:
    """The page of a concept, for all plans or for those of one region."""
    return f"{INDICATORS}/{concept_id}/{region_code}".rstrip("/")


def organization(org_id: str) -> str:
    """The page of an organization: its region, and the rest of its id."""
    return f"{ORGANIZATIONS}/{org_id.replace('-', '/', 1)}"


def theme(theme_id: str, region_code: str = "") -> str:
    """The page of a theme, for all plans or for those of one region."""
    return f"{THEMES}/{theme_id}/{region_code}".rstrip("/")


def organizations(region_code: str = "") -> str:
    """The list of all organizations or of those of one region."""
    return f"{ORGANIZATIONS}/{region_code}".rstrip("/")


def findings(part: str = "") -> str:
    """The findings of all plans, of those of one region, or of one plan."""
    return f"{FINDINGS}/{part}".rstrip("/")


def compare(region_code: str = "", theme_id: str = "") -> str:
    """The matrix of all regions, or of those below one; of one theme where it is cut."""
    return "/".join(filter(None, (COMPARE, region_code, theme_id)))


def year(number: int | str, part: str = "") -> str:
    """What is due in a year, of all plans, of those of one region, or of one plan."""
    return f"{CALENDAR}/{number}/{part}".rstrip("/")


def region(region_code: str) -> str:
    """The page of a place."""
    return f"{REGIONS}/{region_code}"


def places(region_code: str = "") -> str:
    """The list of all places that have a plan, or of those in one region."""
    return f"{REGIONS}/{region_code}/places" if region_code else REGIONS


def progress(region_code: str = "") -> str:
    """How far the promises of all plans have come, or of those of one region."""
    return f"{PROGRESS}/{region_code}".rstrip("/")


def edition(path: str, language: str) -> str:
    """Where a page stands in an edition: plans/x, or en/plans/x."""
    return path if language == "zh" else f"{language}/{path}".rstrip("/")


def changes(month: str, number: int = 1) -> str:
    """What changed in a month (2026-11); of a long one the page with a number."""
    return f"{CHANGES}/{month}" if number == 1 else f"{CHANGES}/{month}/{number}"


def bulletin(key: str) -> str:
    """What happened in a month (2025-12) or a quarter (2025-q4)."""
    return f"{BULLETINS}/{key}"


def embed(concept_id: str) -> str:
    """A chart for other sites to embed."""
    return f"{EMBED}/{concept_id}"


def chart_file(concept_id: str, kind: str, language: str = "zh", size: str = "wide") -> str:
    """A chart as a file: svg, png, vl.json (Vega-Lite) or vg.json (Vega), wide or narrow."""
    parts = [concept_id, "" if size == "wide" else size, "" if language == "zh" else language, kind]
    return f"{DATA}/charts/{'.'.join(filter(None, parts))}"


def indicator_file(concept_id: str, language: str = "zh") -> str:
    """The files of a concept, below data/ and without their endings."""
    return f"{indicator(concept_id)}{'' if language == 'zh' else '.' + language}"


def download(path: str, kind: str) -> str:
    """A file to take away; `path` is below data/, `kind` its ending."""
    return f"{DATA}/{path}.{kind}"


def moved(path: str) -> Iterator[str]:
    """Where what was at a path may be now, step by step; the first file that is there holds the same."""
    for old, new in MOVED:
        if found := re.fullmatch(old, path):
            there = found.expand(re.sub(r"\$(\d)", r"\\g<\1>", new))
            yield there
            yield from moved(there)
            return


def in_database(name: str, /, **parameters: object) -> str:
    """The address below Datasette's of a table or view with filters, or of a query: openplans/targets?plan_id=x."""
    return f"{DATABASE}/{name}" + (f"?{urlencode(parameters)}" if parameters else "")


def on_site(path: str, fragment: str = "") -> str:
    """A page as readers cite it, from the site's root: plans/x/#t005."""
    return f"{path}/{'#' + fragment if fragment else ''}" if path else f"{'#' + fragment if fragment else ''}"


def row_pages() -> dict[str, str]:
    """For a script: the page of a plan and, by the letter of its id, of a row, as a file; with {plan} for the plan's id
    and {row} for what stands behind it in the row's."""
    rows = {letter: in_folder(plan("{plan}", page), "{row}") for letter, page in ROWS.items()}
    return {"": in_folder(plan("{plan}")), **rows}


def entrances() -> dict[str, str]:
    """Where the page for what is not found leads to besides the home page, as files."""
    pages = {"plans": PLANS, "indicators": INDICATORS, "search": SEARCH, "english": edition(HOME, "en")}
    return {name: in_folder(path) for name, path in pages.items()}


def in_folder(path: str, fragment: str = "") -> str:
    """A page as a file: plans/x/index.html#t005."""
    return f"{path}/{INDEX}{'#' + fragment if fragment else ''}" if path else INDEX
