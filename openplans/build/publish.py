"""Pages and files -> the new site: put pages, frame and search index beside the downloads.

Comes in: pages and charts. Goes out: the Tree of the new site, which swap.py puts in the place of the last one;
whatever fails before leaves that one untouched.
"""

from __future__ import annotations

import gzip
import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from openplans.artifacts.builder import Builder
from openplans.artifacts.digests import Digests
from openplans.artifacts.store import Files, digest, of_folders
from openplans.artifacts.tree import Tree
from openplans.build import styles
from openplans.build.render import SHARD, Setting, Shard, beside_a_chart, frame, html, pictured
from openplans.charts import picture
from openplans.downloads import texts
from openplans.facts.records import Plan
from openplans.facts.registry import Registry
from openplans.pages.concept_charts import ConceptChart
from openplans.pages.page import Page, Site
from openplans.paths import HOUSE, Paths
from openplans.search import index as search
from openplans.search import records
from openplans.search.record import Record

MOST_LISTED = 50_000
"""How many addresses a sitemap may list (sitemaps.org)."""


def put_frame(setting: Setting, builder: Builder, tree: Tree, paths: Paths) -> None:
    """Put what surrounds the pages: what is left of the theme, then our files; the root's own win, file by file."""
    notes, target = shutil.ignore_patterns("*.md"), tree.written / "assets"
    for folder in (paths.templates / "assets", paths.own_templates / "assets"):
        if folder.exists():
            shutil.copytree(folder, target, dirs_exist_ok=True, ignore=notes, copy_function=_copied)
    beside = tuple(path.read_text("utf-8") for path in sorted(target.glob("*.css")))
    [files] = builder.made(frame, [(digest(setting.key, "frame", *beside), (setting.site, beside))])
    tree.kept.update(files)
    if logo := setting.site.publisher.logo:
        tree.write(setting.site.publisher.icon, (paths.root / logo).read_bytes())


def _copied(source: str, target: str) -> None:
    """Copy a file; a stylesheet without its blanks and comments."""
    if source.endswith(".css"):
        Path(target).write_text(styles.minified(Path(source).read_text("utf-8")), encoding="utf-8", newline="\n")
    else:
        shutil.copyfile(source, target)


def put_pages(pages: Iterable[Page], setting: Setting, builder: Builder, tree: Tree) -> list[str]:
    """Put every page; the addresses of all. MkDocs runs over those only whose contents are not in the store."""
    digests, addresses = Digests(), []
    asked: deque[list[tuple[str, str]]] = deque()

    def shards() -> Iterator[Shard]:
        wanted: list[tuple[str, Page]] = []
        before, shown = None, ""
        for page in pages:
            addresses.append(page.address)
            if before is None or not page.is_edition_of(before):
                before, shown = page, digests.of(page.path, page.template, page.context)
            key = digest(setting.key, shown, page.language)
            if kept := builder.store.get(key):
                tree.kept.update(kept)
                continue
            wanted.append((key, page))
            if len(wanted) == SHARD:
                yield _shard(wanted)
                wanted = []
        if wanted:
            yield _shard(wanted)

    def _shard(wanted: list[tuple[str, Page]]) -> Shard:
        asked.append([(key, page.file) for key, page in wanted])
        return Shard(setting, tuple(page for _, page in wanted))

    for made in builder.each(html, shards()):
        for key, file in asked.popleft():
            files = {Path(file).with_suffix(".html").as_posix(): made[file]}
            tree.kept.update(builder.store.put(key, files))
    return addresses


def put_chart_files(
    charts: Mapping[str, ConceptChart], setting: Setting, builder: Builder, tree: Tree
) -> Iterator[tuple[str, Files]]:
    """Put what stands beside the pages of each chart; the picture of every SVG, by its name, is begun for put_pictures.
    These are kept by what they show: a page that changes makes no picture anew."""
    digests, svgs = Digests(), {}
    jobs = ((digest(setting.key, digests.of(each, chart)), (setting, each, chart)) for each, chart in charts.items())
    for files in builder.made(beside_a_chart, jobs):
        tree.kept.update(files)
        found = {name: blob for name, blob in files.items() if name.endswith(".svg")}
        svgs.update({name: builder.store.read(blob).decode() for name, blob in found.items()})
    return zip(svgs, builder.made(pictured, ((picture.key(svg), svg) for svg in svgs.values())), strict=True)


def put_pictures(pictures: Iterable[tuple[str, Files]], tree: Tree) -> None:
    """Put the picture of each SVG beside it."""
    for name, files in pictures:
        [blob] = files.values()
        tree.kept[f"{name.removesuffix('.svg')}.png"] = blob


def put_texts(files: Iterable[tuple[str, str]], tree: Tree) -> None:
    """Put files that are no pages and cost little: their addresses and contents."""
    for name, content in files:
        tree.write(name, content)


def put_crawled(site: Site, plans: Iterable[Plan], tree: Tree) -> None:
    """Put what crawlers and assistants ask for first: robots.txt and llms.txt."""
    own = site.publisher.own
    llms = texts.rendered("llms.txt", own, site=site, plans=list(plans))
    put_texts([("robots.txt", texts.rendered("robots.txt", own, site=site)), ("llms.txt", llms)], tree)


def put_sitemap(addresses: Iterable[str], site: Site, tree: Tree) -> None:
    """Write sitemap.xml, and the same packed; beyond MOST_LISTED addresses as an index of several.

    The addresses of a sitemap are whole; without the site's own there is none.
    """
    if not site.base_url:
        return
    urls = [f"{address}/" if address else "" for address in sorted(addresses)]
    whole = urls
    names: list[str] = []
    files = {}
    if len(urls) > MOST_LISTED:
        for at in range(0, len(urls), MOST_LISTED):
            names.append(f"sitemap-{len(names) + 1}.xml")
            files[names[-1]] = texts.rendered(
                "sitemap.xml", site.publisher.own, site=site, urls=urls[at : at + MOST_LISTED], parts=[]
            )
        whole = []
    files["sitemap.xml"] = texts.rendered("sitemap.xml", site.publisher.own, site=site, urls=whole, parts=names)
    put_texts(files.items(), tree)
    moment = int(datetime.fromisoformat(site.updated).replace(tzinfo=UTC).timestamp())
    tree.write("sitemap.xml.gz", gzip.compress(files["sitemap.xml"].encode(), mtime=moment))


def put_search(found: list[Record], registry: Registry, builder: Builder, tree: Tree) -> Iterator[Files]:
    """Put what makes alike what is typed and what is printed. The search index, one of all records or, where they are
    many, one of each region, is begun; its files are for put_index."""
    put_texts(
        [("assets/folding.js", texts.rendered("folding.js", registry.publisher.own, forms=records.occurring(found)))],
        tree,
    )
    digests, code = (
        Digests(),
        digest(of_folders(HOUSE / "openplans" / "search", HOUSE / "openplans" / "text"), version("pagefind")),
    )
    parts = search.parts(found, registry)
    jobs = [
        (digest(code, region, digests.of(rows)), search.IndexPart(region, tuple(rows)))
        for region, rows in parts.items()
    ]
    return builder.made(search.index, jobs)


def put_index(indexes: Iterable[Files], tree: Tree) -> None:
    """Put the search index."""
    for files in indexes:
        tree.kept.update(files)
