"""Templates and their contexts, and what the pages of the tiny project say."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from typing import get_type_hints
from unicodedata import east_asian_width

import pytest
from jinja2 import meta, nodes
from lxml import html
from markdown import Markdown

from openplans.build.passthrough import PROSE, Passthrough
from openplans.facts.highlights import Highlight
from openplans.facts.model import Facts
from openplans.facts.records import Retired, Target
from openplans.packages.link import link
from openplans.packages.read import read_project
from openplans.pages import (
    CONTEXTS,
    bulletins,
    data,
    document,
    findings,
    home,
    indicators,
    organizations,
    plans,
    regions,
    themes,
)
from openplans.pages.common import Shared
from openplans.pages.page import Site, editions, environment, environments, render
from openplans.pages.warned import Warned
from openplans.paths import Paths
from openplans.problems import problem
from tests.conftest import TINY
from tests.reviewed import GOLDEN, differing, one_a_line

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
"""Elements that have no end."""

GIVEN = {
    "page",
    "root",
    "to",
    "site",
    "language",
    "_",
    "fitting",
    "opened",
    "selected",
    "dict",
    "plan",
    "chart",
    "said",
}
"""What every template gets, and what a template sets or loops over for its partials to show."""


def names_used(template: str) -> set[str]:
    """The names that a template and all it includes take from their context."""
    paths = Paths.of(TINY)
    env = environment(paths, Site("1.0.0", "2026-11-23"), link(read_project(paths)[0]))
    tree = env.parse(env.loader.get_source(env, template)[0])
    own = {macro.name for macro in tree.find_all(nodes.Macro)} | {
        "words"
    }  # a macro that calls itself counts as undeclared, and so does an import in a block
    own |= {each.target for each in tree.find_all(nodes.Import)}
    used = meta.find_undeclared_variables(tree) - own
    for include in tree.find_all(nodes.Include):
        used |= names_used(include.template.value)
    return used


def test_every_template_has_a_context_and_every_context_a_template() -> None:
    folder = Paths.of(TINY).templates / "pages"
    assert {path.name.removesuffix(".md.j2") for path in folder.glob("*.md.j2")} - {"page"} == set(CONTEXTS)


@pytest.mark.parametrize("template", sorted(CONTEXTS))
def test_a_template_uses_its_context_and_nothing_else(template: str) -> None:
    declared = set(get_type_hints(CONTEXTS[template]))
    used = names_used(f"pages/{template}.md.j2") - GIVEN
    local = {"downloads"} if template == "data" else set()
    assert used - local == declared - GIVEN


def test_the_body_of_a_page_of_each_template_and_the_frame_are_as_reviewed(
    built: Paths, staged: dict[str, str], request: pytest.FixtureRequest
) -> None:
    """One page a template, and the frame of one, an element a line, so that a change can be read."""
    shown = {f"{template}.html": one_a_line(converted(text)) for template, text in of_each_template(staged).items()}
    whole = (built.output / "index.html").read_text(encoding="utf-8")
    shown["frame.html"] = one_a_line(re.sub(r'(?s)<div class="op-page.*</article>', "</article>", whole))
    rewrite = request.config.getoption("--update-golden")
    assert differing(GOLDEN / "pages", shown, rewrite) == [], "see --update-golden"


def converted(page: str) -> str:
    """A staged page as HTML: prose is written in Markdown."""
    head, body = page.split("\n---\n", 1)
    return f"{head}\n---\n{Markdown(extensions=[Passthrough()]).convert(body)}\n" if PROSE.match(body) else page


def of_each_template(staged: dict[str, str]) -> dict[str, str]:
    """A page of each template: one of the plan that has every feature where there is such, else the first."""
    found: dict[str, tuple[bool, str]] = {}
    for name, text in sorted(staged.items()):
        template = re.search(r'<div class="op-page op-page--(\w+)"', text)
        rich = "990101" in name
        if (
            template
            and not name.startswith("en/")
            and (template[1] not in found or (rich and not found[template[1]][0]))
        ):
            found[template[1]] = (rich, text)
    return {template: text for template, (_, text) in found.items()}


def test_text_from_data_is_text(built: Paths) -> None:
    page = (built.output / "plans/990000-wide-2025/targets/index.html").read_text(encoding="utf-8")
    assert "和美乡村覆盖率 &lt;script&gt;&amp;amp|`*_" in page
    text = (built.output / "plans/990000-wide-2025/text/index.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;到2027年&lt;/b&gt;|" in text and "和美乡村覆盖率**95%**" in text


def test_words_of_the_english_edition_do_not_run_into_each_other(built: Paths) -> None:
    """Not from element to element ("BureauLeads"), nor from sentence to sentence ("targets.A dashed line")."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted((built.output / "en").rglob("index.html"))}
    bodies = {path: re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", "", page) for path, page in pages.items()}
    met = re.compile(
        r"(?<!&[lg]t)(?<!&#39)[a-z0-9.,;:](?:</?(?:a|b|code|small|span|strong)\b[^<>]*>)+[A-Za-z]|[a-z]{3}\.[A-Z][a-z]"
    )
    main = re.compile("(?s)<main.*</main>")
    found = {
        (path.parent.name, each[0]) for path, body in bodies.items() for each in met.finditer(main.findall(body)[0])
    }
    assert len(pages) > 20 and found == set()


def test_what_is_unknown_is_said(built: Paths) -> None:
    def page(path: str) -> str:
        return (built.output / path / "index.html").read_text(encoding="utf-8")

    assert "本站没有收录到公开的进展" in page("plans/990000-wide-2025")
    assert "本站尚未收录" in page("indicators/farms-total") and "例县统计公报" in page("indicators/village-coverage")
    assert "文件未写" in page("plans/990000-wide-2025")
    assert "这份文件没有写明责任单位" in page("plans/990000-wide-2025/units")
    assert "这份文件没有点名的工程或项目" in page("plans/990000-wide-2025/projects")
    assert "收到的文本里只有标题" in page("plans/990101-tiny-2023")
    assert "文件没有给出数字" in page("plans/990101-tiny-2023/targets")


def test_every_link_and_anchor_of_the_site_is_sound(built: Paths) -> None:
    assert broken_links(built.output) == []


def test_every_link_and_anchor_of_the_real_site_is_sound(real: Paths) -> None:
    assert broken_links(real.output) == []


def test_every_citation_to_copy_stands_in_what_names_its_document(staged: dict[str, str]) -> None:
    """The script takes the document of the nearest element around a button that names one, and its forms from there."""
    found = 0
    for name, text in staged.items():
        page = html.fromstring(text.partition("\n---\n")[2] or text)
        for button in page.xpath("//button[@data-way]"):
            [around] = button.xpath("(ancestor::*[@data-of])[last()]/@data-of") or [None]
            assert around, f"{name}: {html.tostring(button)!r}"
            assert page.xpath(f"//*[@id='{around}']"), f"{name}: nothing is {around}"
            found += 1
    assert found > 100


@pytest.mark.parametrize(("region", "name"), [("330000", "figures"), ("330305", "leaders")])
def test_a_place_lists_all_its_figures_and_units_some_of_them_folded(real: Paths, region: str, name: str) -> None:
    page = html.fromstring((real.output / f"regions/{region}/index.html").read_text(encoding="utf-8"))
    [section] = page.xpath(f"//section[@aria-labelledby='{name}']")
    rows, [count] = section.xpath(".//li"), section.xpath("./h2/small/text()")
    assert len(rows) == int(count) > 12 == len(section.xpath("./ul/li")) and len(section.xpath("./details")) == 1


def test_no_page_names_another_host_as_a_resource(real: Paths) -> None:
    foreign = re.compile(r'<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)="(?:https?:)?//[^"]*"')
    for page in real.output.rglob("*.html"):
        hits = [hit for hit in foreign.findall(page.read_text(encoding="utf-8")) if 'rel="canonical"' not in hit]
        assert hits == [], page


class Unmarked(HTMLParser):
    """The Chinese of a page's text that no element says to be Chinese."""

    def __init__(self) -> None:
        super().__init__()
        self.languages: list[tuple[str, str]] = [("", "")]
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.languages.append((tag, dict(attrs).get("lang") or self.languages[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while self.languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        hidden = {tag for tag, _ in self.languages} & {"script", "style", "title", "pre", "textarea", "option"}
        if re.search("[\u4e00-\u9fff]", data) and self.languages[-1][1] == "en" and not hidden:
            self.found.append(data.strip())


def test_chinese_in_the_english_edition_is_marked_as_chinese(real: Paths) -> None:
    for page in sorted((real.output / "en").rglob("*.html")):
        parser = Unmarked()
        parser.feed(page.read_text(encoding="utf-8"))
        assert parser.found == [], page


class _Known(Facts):
    """Facts of which some that are derived are others."""

    def __init__(self, known: Facts, **derived: object) -> None:
        vars(self).update(vars(known) | derived)


def broken_links(site: Path) -> list[tuple[str, str]]:
    """(page, address) for every internal address that leads to no file or to no id."""
    texts = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    ids = {page.resolve(): set(re.findall(r'\sid="([^"]+)"', text)) for page, text in texts.items()}
    broken = []
    for page, text in texts.items():
        if page.name == "404.html":  # its links begin at the root of the server
            continue
        for address in re.findall(r'(?:href|src)="([^"]+)"', text):
            if re.match(r"[a-z]+:|//", address) or address == ".":
                continue
            path, _, fragment = address.partition("#")
            if fragment.startswith("sql="):  # a query, which the SQL page takes from its address
                fragment = "op-sql"
            target = (page.parent / path.partition("?")[0]).resolve() if path else page.resolve()
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (fragment and target in ids and fragment not in ids[target]):
                broken.append((page.relative_to(site).as_posix(), address))
    return broken


def test_a_hedge_is_the_documents_word_and_in_english_what_it_means(real: Paths) -> None:
    said = {"": set(), "en/": set()}
    for edition, words in said.items():
        for page in ("plans/330305-dongtou-2023/targets", "compare", "indicators/urban-rural-income-ratio"):
            body = html.parse(str(real.output / edition / page / "index.html"))
            words |= {each.text_content().strip() for each in body.iter("span") if "op-hedge" in each.get("class", "")}
    assert {"力争", "稳定在"} <= said[""] and {"strive to", "kept at"} <= said["en/"]
    assert not re.search("[\u4e00-\u9fff]", "".join(said["en/"]))


@pytest.mark.parametrize(
    ("page", "ends"),
    [
        ("plans/330182-jiande-2023", "2026年到期的有 9 个。"),  # two units lead one task each: none leads most
        ("plans/330326-pingyang-2025", "牵头最多的是县农业农村局，17 项。"),
        ("units/330305/fire-rescue", "配合 1 项；名下没有承诺。"),
        ("en/units/330411/health", "answers for 1 promise, 1 of them due in 2027."),
    ],
)
def test_the_first_sentence_says_what_the_rows_bear(real: Paths, page: str, ends: str) -> None:
    [said] = html.parse(str(real.output / page / "index.html")).xpath("//p[@class='op-answer']")
    assert said.text_content().endswith(ends)


def test_the_sentence_of_an_indicator_is_the_title_of_its_chart_and_stands_once(staged: dict[str, str]) -> None:
    for edition, said in (("", "城乡居民收入比："), ("en/", "Urban-rural income ratio: ")):
        page = staged[f"{edition}indicators/income-ratio/index.md"]
        _, _, body = page.partition("\n---\n")
        [caption] = re.findall(r"<figcaption>(.*?)</figcaption>", body, re.DOTALL)
        assert f'<p class="op-answer">{said}' in caption and body.count(f">{said}") == 1


def test_the_title_of_a_units_page_names_its_region_once(real: Paths) -> None:
    for page, title in (
        ("en/units/330411/health", "Xiuzhou Health Bureau"),
        ("units/330411/health", "秀洲区 区卫健局"),
    ):
        assert html.parse(str(real.output / page / "index.html")).findtext(".//title").startswith(f"{title} · ")


def test_names_beside_each_other_are_apart(real: Paths) -> None:
    hint = html.parse(str(real.output / "indicators/gdp/index.html")).xpath("//p[contains(., '相近的：')]")[0]
    assert "地区生产总值增速、生产总值" in hint.text_content()


def test_the_home_page_tells_what_changed_for_readers(tiny_facts: Facts) -> None:
    plans, first = tiny_facts.registry.releases
    aliases = replace(first, version="1.0.1", changes=first.changes[1:])
    assert [each.audience for each in first.changes] == ["readers", "reusers"]
    assert home._told((aliases, plans, first, first)) == [plans, first]


def test_the_home_page_shows_a_contradiction_of_two_numbers(tiny_facts: Facts) -> None:
    """Not the one of the tiny project, whose annex states 50 and 80, nor one of the same number."""
    conflict, numbering = tiny_facts.findings
    body, annex = conflict.sides

    def shown(*figures: Target) -> str:
        own = replace(conflict, id="made", sides=(body, replace(annex, figures=figures)))
        found = home._finding(_Known(tiny_facts, findings=[numbering, conflict, own]))
        return found.id if found else ""

    eighty, ninety = annex.figures[1], body.figures[0]
    assert (shown(eighty), shown(ninety), shown(), shown(eighty, ninety)) == ("made", "", "", "")


def test_the_list_of_indicators_begins_with_what_most_regions_promise(drawn_from: Shared) -> None:
    """Here within a theme one that two promise, one that one does, and one that none does."""
    answers = {key: each for key, each in drawn_from.facts.answers.items() if key != "village-income"}
    known = replace(drawn_from, facts=_Known(drawn_from.facts, answers=answers))
    listed = indicators._list(known, [*reversed(drawn_from.facts.registry.concepts.values())])
    assert [each["concept"].concept_id for each in listed["shared"]] == ["income-ratio", "village-coverage"]
    [(_, single)] = listed["single"]
    assert [each["concept"].concept_id for each in single] == ["farms-total", "village-income"]


def test_a_bulletin_tells_changes_with_a_figure_apart_from_those_without(tiny_facts: Facts, drawn_from: Shared) -> None:
    [with_figure, without] = [each for each in tiny_facts.bulletins if each.key in ("2024-03", "2024-01")]
    both = replace(with_figure, changes=(*without.changes, *with_figure.changes))
    page = bulletins._bulletin(drawn_from, both)
    assert (page["with_figure"], page["without"]) == ([*with_figure.changes], [*without.changes])
    assert page["counts"] == {"with_figure": 1, "without": 4, "figures": len(both.figures)}


@pytest.mark.parametrize(
    ("cells", "spans", "lost"),
    [
        ([""], [4], 0),  # a heading
        (["", "", "", ""], [1, 1, 1, 1], 0),
        (["", "", ""], [1, 1, 1], 1),
        (["", "", "ab"], [1, 1, 2], 0),  # one cell for both years
        (["", "ab"], [1, 2], 1),
        (["", "a", "b", "", ""], [1, 1, 1, 1, 1], 0),  # more than there are
    ],
)
def test_the_cells_of_a_row_fill_its_table(tiny_facts: Facts, cells: list[str], spans: list[int], lost: int) -> None:
    clause = replace(
        next(iter(tiny_facts.plans[1].clauses)),
        cells=tuple(tuple(Highlight(each, "target") for each in cell) for cell in cells),
    )
    row = document._table_row(clause, 4, {"a": "2025", "b": "2027"})
    assert (row["spans"], row["lost"]) == (spans, lost)


TINY_PLAN = "990101-tiny-2023"

WARNED = [
    ("targets.csv", 4, (f"plans/{TINY_PLAN}/targets", "t003")),
    ("targets.csv", 3, (f"plans/{TINY_PLAN}/targets", "t002")),
    ("baselines.csv", 2, (f"plans/{TINY_PLAN}/targets", "b001")),
    ("tasks.csv", 2, (f"plans/{TINY_PLAN}/tasks", "k001")),
    ("responsibilities.csv", 2, (f"plans/{TINY_PLAN}/tasks", "k001")),
    ("projects.csv", 2, (f"plans/{TINY_PLAN}/projects", "p001")),
    ("clauses.csv", 4, (f"plans/{TINY_PLAN}/text", "c003")),
    ("notes.csv", 2, (f"plans/{TINY_PLAN}", "n001")),
    ("updates.csv", 2, (f"plans/{TINY_PLAN}", "u001")),
    ("attachments.csv", 2, (f"plans/{TINY_PLAN}", "")),
    ("datapackage.json", 1, (f"plans/{TINY_PLAN}", "")),
    ("targets.csv", 1, (f"plans/{TINY_PLAN}", "")),
    ("../../observations/observations.csv", 2, ("indicators/village-coverage", "o0001")),
    ("../../registry/concepts.csv", 2, ("indicators/income-ratio", "")),
    ("../../registry/organizations.csv", 2, ("units/990101/agriculture", "")),
    ("../../registry/themes.csv", 2, ("themes/goals", "")),
    ("references.csv", 3, (f"plans/{TINY_PLAN}/text", "c003")),
    ("../../observations/sources.csv", 3, ("indicators/village-coverage", "o0002"), ("data", "")),
    ("../../registry/organization_names.csv", 3, ("units/990101/agriculture", "")),
    ("../../registry/aliases.csv", 2, ("indicators/income-ratio", ""), ("data", "")),
    ("../../registry/aliases.csv", 7, ("data", "")),
    ("../../registry/regions.csv", 3, ("regions/990101", ""), ("data", "")),
    ("../../registry/units.csv", 2, ("data", "")),
    ("../../registry/terms.csv", 2, ("data", "")),
    ("../../registry/releases.csv", 2, ("data", "")),
    ("../../registry/datapackage.json", 1, ("data", "")),
]


def test_a_warning_of_the_check_stands_at_the_row_that_it_is_about(drawn_from: Shared) -> None:
    """Where its row has a place, in the words of each edition; all on the page of findings, on that of the data what
    several plans share and no page shows."""
    files = [os.path.normpath(f"datapackages/plans/{TINY_PLAN}/{file}") for file, *_ in WARNED]
    warnings = tuple(
        problem("word-misspelt", file, line, 1, word=f"w{number}", meant="m")
        for number, (file, (_, line, *_)) in enumerate(zip(files, WARNED, strict=True))
    )
    facts, warned = drawn_from.facts, replace(drawn_from, warnings=warnings)
    families = [each.pages(warned) for each in (plans, findings, indicators, organizations, themes, regions, data)]
    words = environments(Paths.of(TINY), Site(facts.version, facts.updated), facts.registry)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for page in editions(chain.from_iterable(families)):
        said = r"英文词“(w\d+)”" if page.language == "zh" else r"The word “(w\d+)”"
        for element in html.fromstring(render(words, page)).iter("small", "p"):
            if here := re.match(said, element.text or ""):
                row = element.xpath(
                    "string((ancestor::tr|ancestor::li|ancestor::div[@role='note']/preceding-sibling::*)[@id][last()]/@id)"
                )
                found.setdefault(here[1], []).append((page.path, page.language, row))
    for number, (_, _, *places) in enumerate(WARNED):
        assert {("findings", "zh", ""), ("findings", "en", "")} <= {*found[f"w{number}"]}
        shown = [each for each in found[f"w{number}"] if each[0] != "findings"]
        assert sorted(shown) == sorted(
            (path, language, row)
            for path, row in places
            for language in (("zh",) if path.endswith("/text") else ("zh", "en"))  # the documents are Chinese in both
        )


def test_where_the_check_found_nothing_odd_no_page_speaks_of_it(staged: dict[str, str]) -> None:
    assert [file for file, text in staged.items() if "核对提醒" in text or "warning of the check" in text] == []


def test_each_row_leads_to_its_line_in_the_editor(drawn_from: Shared) -> None:
    facts = drawn_from.facts
    site = Site(facts.version, facts.updated, repository="https://example.org/open-plans")
    words = environments(Paths.of(TINY), site, facts.registry)
    families = (plans.pages(drawn_from), findings.pages(drawn_from), indicators.pages(drawn_from))
    texts = [render(words, page) for family in families for page in family]
    pattern = (
        r'href="https://example\.org/open-plans/edit/HEAD/([^"#]+)#L(\d+)"\s*title="[^"]+">[^<]+<span[^>]*> ([^<]+)<'
    )
    found = {match for text in texts for match in re.findall(pattern, text)}
    assert {Path(file).stem for file, _, _ in found} == {
        *("targets", "baselines", "tasks", "projects", "notes", "observations")
    }
    for file, line, row_id in found:
        lines = (TINY / file).read_text(encoding="utf-8").splitlines()
        assert lines[int(line) - 1].startswith(f"{row_id},")


def test_where_no_repository_is_known_no_row_leads_there(staged: dict[str, str]) -> None:
    assert not any("改这一行" in text for text in staged.values())


def test_the_address_of_a_retired_row_says_what_became_of_it(drawn_from: Shared) -> None:
    plan = "990101-tiny-2023"
    [own] = [each for each in drawn_from.facts.plans if each.plan.id == plan]
    gone = [("t099", "写重了", f"{plan}-t001"), ("k099", "不是任务", f"{plan}-r001"), ("r099", "不是数", "")]
    rows = tuple(
        Retired(id=f"{plan}-{anchor}", date="2026-01-02", reason=reason, successor=successor, anchor=anchor)
        for anchor, reason, successor in gone
    )
    words = environments(Paths.of(TINY), Site("1.0.0", "2026-01-02"), drawn_from.facts.registry)
    shared, odd = replace(drawn_from), f"{plan}-t099"
    said = Warned(id=odd, table="retired", plan_id=plan, rule="word-misspelt", zh="错了一个字", en="A word is wrong")
    vars(shared)["_warned_of"] = {odd: [said]}
    made = {each.path: render(words, each) for each in plans.plan_pages(shared, replace(own, retired=rows))}
    told = {
        anchor: re.sub(r"\s+", " ", found[1])
        for anchor, page in (("t099", "/targets"), ("k099", "/tasks"), ("r099", ""))
        if (found := re.search(rf'(?s)<li id="{anchor}">(.*?)</li>', made[f"plans/{plan}{page}"]))
    }
    assert "写重了" in told["t099"] and 'href="#t001"' in told["t099"] and "错了一个字" in told["t099"]
    assert f"接替它的：<code>{plan}-r001</code>" in told["k099"]
    assert "没有接替它的行。" in told["r099"] and "不是数" in told["r099"]


def width(line: str) -> int:
    """How many columns a line takes; a Chinese character takes two, as ruff counts them in Python."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in line)


def test_lines_of_templates_are_short() -> None:
    """One element a line: a line of 1,600 characters cannot be reviewed."""
    folder = Paths.of(TINY).templates
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".j2", ".html")]
    long = [
        f"{path.relative_to(folder)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if width(line) > 160
    ]
    assert files and long == []


BLOCKS = "p|li|ul|ol|div|section|h[1-6]|table|thead|tbody|tr|td|th|dl|dt|details|summary|nav|form|article|header|footer"
"""Elements that begin a line of their own; a term, `dt`, and what is said of it, `dd`, stand in one."""


def test_a_line_of_a_template_begins_one_block() -> None:
    folder = Paths.of(TINY).templates
    files = (*folder.glob("pages/*.j2"), *folder.glob("partials/*.j2"), *folder.glob("overrides/*.html"))
    several = [
        f"{path.relative_to(folder)}:{number}"
        for path in sorted(files)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(re.findall(rf"<(?:{BLOCKS})\b", line)) > 1
    ]
    assert files
    assert several == []


def test_a_quarter_leads_to_the_themes_of_what_fell_due(staged: dict[str, str]) -> None:
    quarters = [text for name, text in staged.items() if re.match(r"bulletins/\d{4}-q\d/", name)]
    assert any('<th scope="row"><a href="../../themes/villages/index.html">村庄</a></th>' in text for text in quarters)


@pytest.mark.parametrize(
    "page",
    [
        "indicators",
        "indicators/village-coverage",
        "plans/990101-tiny-2023/targets",
        "plans/990101-tiny-2023/tasks",
        "units/990101/building",
        "themes/villages",
        "regions/990101",
        "calendar/2025",
        "compare",
    ],
)
def test_a_contradiction_stands_where_the_number_is(staged: dict[str, str], page: str) -> None:
    """90 % in the body, 80 % in the annex: wherever one is shown, the way to both."""
    [text] = [text for path, text in staged.items() if path in (f"{page}.md", f"{page}/index.md")]
    assert re.search(r'<b>(90|80)</b>%(?:(?!<b>).){,200}href="[^"]*findings/#?[^"]*990101-tiny-2023-n001"', text, re.S)


@pytest.mark.parametrize("theme", ["villages"])
def test_the_sentence_of_a_theme_says_nothing_of_what_documents_speak_of(staged: dict[str, str], theme: str) -> None:
    """That a plan has no promise under a theme does not say that it writes nothing of it."""
    found = [text for path, text in staged.items() if path.startswith(f"themes/{theme}")]
    assert found and "村庄：" in found[0] and "没有写" not in found[0]
