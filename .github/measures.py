"""Two built sites and the seconds that they took -> a table in Markdown: time, size, files, the largest page.

Called by check.yml with the site of a pull request and that of main, built one after the other on one machine, because
two runners differ more than two builds. Needs nothing but Python, and nothing of the project.
"""

from __future__ import annotations

import sys
from dataclasses import astuple, dataclass
from pathlib import Path

HEADS = ("用时 time (s)", "大小 size (MB)", "文件 files", "最大的网页 largest page (KB)")


@dataclass(frozen=True)
class Measures:
    """What a site costs."""

    seconds: float
    megabytes: float
    files: float
    largest: float


def measured(site: Path, seconds: str) -> Measures | None:
    """The measures of a site; None where it was not built."""
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    if not sizes:
        return None
    pages = [size for path, size in sizes.items() if path.suffix == ".html"]
    return Measures(float(seconds), sum(sizes.values()) / 1e6, len(sizes), max(pages, default=0) / 1e3)


def table(here: Measures | None, main: Measures | None) -> str:
    """Both beside each other, with the difference in percent."""
    lines = ["| 网站 the site | 这里 here | main | |", "|---|--:|--:|--:|"]
    for place, head in enumerate(HEADS):
        own, other = (astuple(each)[place] if each else None for each in (here, main))
        change = f"{100 * (own - other) / other:+.1f} %" if own is not None and other else ""
        lines.append(f"| {head} | {_shown(own)} | {_shown(other)} | {change} |")
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    return "—" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


if __name__ == "__main__":
    site, seconds, other, took = sys.argv[1:]
    print(table(measured(Path(site), seconds), measured(Path(other), took)), end="")
