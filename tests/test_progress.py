"""How far the promises have come: counts, warnings, dockets and
bulletins of the tiny project, and the pages that show them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import html

from openplans import routes
from openplans.facts.bulletins import bulletins as bulletins_of
from openplans.facts.bulletins import by_theme, quarters
from openplans.facts.dockets import dockets, due_day
from openplans.facts.model import Facts
from openplans.facts.progress import alerts, distinct, tally
from openplans.facts.records import Observation, Target
from openplans.facts.verdicts import VerdictWord
from openplans.pages import bulletins, regions
from openplans.pages.common import Shared
from openplans.pages.page import Site
from openplans.paths import Paths
from openplans.text.feed import Entry, atom
from tests.conftest import facts_of

COUNTY = "990101-tiny-2023"


def test_promises_are_counted_by_plan(tiny_facts: Facts) -> None:
    """Due on 1 March 2025: three of 2023, and what is promised for every year; two of them have a figure. What the
    province promises of one thing for two years is one promise with two verdicts."""
    [province, county] = tiny_facts.progress
    assert (province.tally.total, province.tally.due, province.tally.published, province.tally.verdicts) == (2, 0, 0, 3)
    assert (county.tally.total, county.tally.due, county.tally.published, county.tally.verdicts) == (9, 4, 2, 13)
    assert [each.tally.total for each in tiny_facts.progress] == [
        each.plan.counts.promises for each in tiny_facts.progress
    ]
    assert dict(county.tally.words) == {
        "reached": 1, "not-reached": 1, "behind": 1, "on-course": 1, "open": 6, "not-published": 2, "cannot-be-said": 1,
    }  # fmt: skip


def test_a_promise_with_its_restatements_is_one(tiny: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"plans/{COUNTY}/targets.csv", "share,eq,80,,%,by,,2025", "share,eq,90,,%,by,,2025")
    found = facts_of(tiny)
    assert len(distinct(found.verdicts.values())) == 15  # of 16 rows
    assert found.verdicts[f"{COUNTY}-t004"].restated == (found.targets[f"{COUNTY}-t013"],)


def test_of_a_promise_that_fell_due_twice_the_last_time_counts(tiny_facts: Facts) -> None:
    """As published where a figure of any of its numbers for that time is."""
    [promise] = [each for each in tiny_facts.promises if each.target.target_id == f"{COUNTY}-t004"]
    before, last, again = promise.rows

    def published(*rows: tuple[Target, VerdictWord, int]) -> tuple[int, int]:
        verdicts = {
            row.target_id: replace(tiny_facts.verdicts[row.target_id], word=word, due=date(due, 12, 31), overdue=True)
            for row, word, due in rows
        }
        found = tally([promise], verdicts)
        return found.due, found.published

    assert published((before, "reached", 2023), (last, "not-published", 2025), (again, "not-published", 2025)) == (1, 0)
    assert published((before, "not-published", 2023), (last, "reached", 2025), (again, "reached", 2025)) == (1, 1)
    assert published((before, "not-published", 2023), (last, "reached", 2025), (again, "not-published", 2025)) == (1, 1)


def test_early_warnings_are_what_is_due_within_a_year_and_behind_or_silent(tiny_facts: Facts) -> None:
    found = alerts(tiny_facts.verdicts.values(), tiny_facts.as_of)
    assert [
        (each.kind, each.verdict.target.target_id[-4:]) for each in found if each.verdict.target.plan_id == COUNTY
    ] == [
        ("behind", "t001"),
        ("silent", "t005"),
        ("silent", "t006"),
        ("silent", "t007"),
        ("silent", "t010"),
    ]


def test_what_falls_due_in_more_than_a_year_is_no_early_warning(tiny_facts: Facts) -> None:
    """But of what is promised for every year the next one is due."""
    on_day = {
        day: {each.verdict.target.target_id for each in alerts(tiny_facts.verdicts.values(), date(2024, 12, day))}
        for day in (30, 31)
    }
    assert on_day[30] == {f"{COUNTY}-t007"} and {f"{COUNTY}-t001", f"{COUNTY}-t007"} < on_day[31]


def test_a_leap_day_has_a_year_after_it_too(tiny_facts: Facts) -> None:
    assert alerts([], date(2024, 2, 29)) == []


def test_a_docket_is_what_a_unit_leads(tiny_facts: Facts) -> None:
    found = {org_id: {group: [row.id[-4:] for row in rows] for group, rows in docket.groups.items() if rows}
             for org_id, docket in tiny_facts.dockets.items()}  # fmt: skip
    assert found == {
        "990101-agriculture": {"unreported": ["t008", "t007"]},
        "990101-building": {"not-reached": ["t012"], "unreported": ["t007"]},
        "990000-forestry": {"unreported": ["t007"]},
    }


def test_a_unit_is_counted_by_the_steps_that_name_it(tiny_facts: Facts) -> None:
    """The step of 2023, which was not reached, names the building bureau only; that of 2025 names three."""
    words = {org_id: docket.tally.words["not-reached"] for org_id, docket in tiny_facts.dockets.items()}
    assert words == {"990101-agriculture": 0, "990101-building": 1, "990000-forestry": 0}


def test_a_promise_is_in_the_docket_of_every_unit_that_some_place_names(
    tiny: Path, edit: Callable[[str, str, str], None]
) -> None:
    """The table names the forestry bureau too; the building bureau, named in both places, has the promise once."""
    edit(f"plans/{COUNTY}/targets.csv", "share,eq,80,,%,by,,2025", "share,eq,90,,%,by,,2025")
    found = facts_of(tiny)
    named = {unit.org_id for row in found.verdicts[f"{COUNTY}-t004"].restated for unit in row.responsibilities}
    soon = dockets(found.plans, found.verdicts, date(2025, 10, 2))
    rows = {org_id: [row.first[-4:] for row in docket.groups["soon"]] for org_id, docket in soon.items()}
    assert named and all(rows[org_id].count("t004") == 1 for org_id in named)


def test_the_steps_of_a_promise_are_one_line_of_a_docket(tiny_facts: Facts) -> None:
    """A year later farms of 2023 and of 2025 are both unpublished: two rows of the workbook, one line of the page."""
    later = replace(tiny_facts, updated="2026-03-01").dockets["990101-agriculture"]
    assert {"t008", "t010"} <= {row.id[-4:] for row in later.groups["unreported"]}
    assert [each.id[-4:] for line in later.lines["unreported"] if len(line) > 1 for each in line] == ["t008", "t010"]
    assert {each.id for line in later.lines["unreported"] for each in line} == {
        each.id for each in later.groups["unreported"]
    }


def test_what_is_due_within_ninety_days_is_scheduled(tiny_facts: Facts) -> None:
    found = dockets(tiny_facts.plans, tiny_facts.verdicts, date(2025, 10, 2))["990101-building"]
    assert [row.id[-4:] for row in found.groups["soon"]] == ["t006", "t004", "t005", "t007", "k003"]
    assert dockets(tiny_facts.plans, tiny_facts.verdicts, date(2025, 10, 1))["990101-building"].groups["soon"] == []


def test_what_is_promised_for_every_year_stands_in_a_docket_with_the_year_that_is_meant(tiny_facts: Facts) -> None:
    [every] = {due for plan in tiny_facts.plans for due in plan.due if len(due.years) == 3 and not due.repeats}
    assert every.years == (2023, 2024, 2025)
    end_of_2023, end_of_2024 = date(2023, 12, 31), date(2024, 12, 31)
    assert due_day(every, "soon", date(2024, 11, 1)) == end_of_2024
    assert due_day(every, "unreported", date(2025, 1, 1)) == end_of_2024
    assert due_day(every, "unreported", end_of_2024) == end_of_2023, "a day that is not over is not missed"
    assert due_day(every, "behind", date(2024, 11, 1)) == date(2025, 12, 31)


def test_bulletins_have_the_months_in_which_something_happened(tiny_facts: Facts) -> None:
    found = {
        each.key: (
            [row.observation_id for row in each.figures],
            [row.update_id[-4:] for row in each.updates],
            [row.id[-4:] for row in each.due],
            [(one.verdict.target.target_id[-4:], one.before, one.verdict.word) for one in each.changes],
        )
        for each in tiny_facts.bulletins
    }
    assert found == {
        "2024-12": ([], [], ["p001", "t007"], []),
        "2024-06": ([], ["u001"], [], []),
        "2024-03": (["o0001", "o0007"], [], [], [("t009", "not-published", "reached")]),
        "2024-02": (["o0002"], [], [], [("t012", "not-published", "not-reached")]),
        "2024-01": ([], ["u002"], [], [("t007", "open", "not-published"), ("t008", "open", "not-published"),
                                       ("t009", "open", "not-published"), ("t012", "open", "not-published")]),
        "2023-12": ([], [], ["t008", "t009", "t012", "t007"], []),
    }  # fmt: skip


def test_a_bulletin_has_what_fell_due_before_the_day_of_the_data_and_no_figure_of_a_place_without_a_plan(
    tiny_facts: Facts,
) -> None:
    def told(figures: list[Observation], as_of: date) -> list[tuple[str, int, int]]:
        return [(each.key, len(each.figures), len(each.due)) for each in bulletins_of((plan,), figures, [], as_of)]

    plan = replace(tiny_facts.plans[1], updates=())
    [figure] = [each for each in tiny_facts.observations if each.observation_id == "o0001"]
    assert told([figure, replace(figure, reference=True)], date(2023, 1, 1)) == [("2024-03", 1, 0)]
    assert told([], date(2023, 12, 31)) == [], "a day that is not over is not missed"
    assert told([], date(2024, 1, 1)) == [("2023-12", 0, 4)]


def test_a_quarter_is_its_months_by_theme(tiny_facts: Facts) -> None:
    first = next(each for each in quarters(tiny_facts.bulletins) if each.key == "2024-q1")
    months = [each for each in tiny_facts.bulletins if each.key in ("2024-01", "2024-02", "2024-03")]
    assert len(first.changes) == sum(len(each.changes) for each in months) > 0
    concepts = {key: tiny_facts.registry.themes[row.theme_id] for key, row in tiny_facts.registry.concepts.items()}
    assert {theme.theme_id for theme in by_theme(first, tiny_facts.registry.themes.values(), concepts)} == {"villages"}


def test_the_feed_is_atom(drawn_from: Shared) -> None:
    [(path, text)] = bulletins.files(drawn_from, Site("1.0.0", "2025-03-01", "https://example.org/plans/"))
    feed = ElementTree.fromstring(text)
    name = "{http://www.w3.org/2005/Atom}"
    assert path == "bulletins/atom.xml" and feed.findtext(f"{name}updated") == "2025-03-01T00:00:00Z"
    first = feed.find(f"{name}entry")
    assert first is not None and first.findtext(f"{name}id") == "https://example.org/plans/bulletins/2024-12/"
    assert first.findtext(f"{name}updated") == "2024-12-31T00:00:00Z"


@pytest.mark.parametrize(("site", "expected"), [("", "../a/"), ("https://example.org/", "https://example.org/a/")])
def test_the_feed_leads_to_pages_also_where_the_address_is_not_known(site: str, expected: str) -> None:
    feed = ElementTree.fromstring(
        atom("T", "x/atom.xml", site, "2025-03-01", [Entry("a/", "甲 & 乙", "2025-02-28", "<b>")])
    )
    link = feed.find(".//{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}link")
    assert link is not None and link.get("href") == expected


def test_an_update_shows_at_every_row_that_it_names(tiny_facts: Facts) -> None:
    [second, first] = sorted(tiny_facts.plans[1].updates, key=lambda each: each.date)
    assert [each.id[-4:] for each in first.of] == ["p001", "k001"] and first.next_step == "年底合龙"
    assert [each.id[-4:] for each in second.of] == ["t009", "k002"] and second.value == 2
    assert set(tiny_facts.updates) == {f"{COUNTY}-{each}" for each in ("p001", "k001", "t009", "k002")}


def test_a_place_shows_the_newest_figure_of_each_thing_and_leads_to_its_promises_by_theme(drawn_from: Shared) -> None:
    [county] = [page.context for page in regions.pages(drawn_from) if page.path == routes.region("990101")]
    shown = {(each.concept_id, each.target_id, each.scope, each.period_kind): each for each in county["figures"]}
    assert len(shown) == len(county["figures"])
    for each in drawn_from.facts.observations:
        key = (each.concept_id, each.target_id, each.scope, each.period_kind)
        if each.region.region_code == "990101" and not each.replaced_by:
            assert each.time <= shown[key].time
    [plan] = county["plans"]
    assert sum(count for _, count in plan["themes"]) == plan["plan"].counts.promises == 9


@pytest.mark.parametrize(
    ("page", "ends"),
    [
        ("regions/990101", "4.5 亿元 2024年 初步数 转载页 例县经济形势 例县统计局(转载页)，页面未写日期"),
        ("", "45% 2023年 最终核实数 政府网站 例县统计公报 例县统计局，2024年3月1日"),
        ("bulletins/2024-02", "44% 2023年 初步数 媒体 例县新闻 例县日报，2024年2月1日"),
    ],
)
def test_an_actual_figure_has_its_state_and_its_source_with_kind_and_date(
    staged: dict[str, str], page: str, ends: str
) -> None:
    body = html.fromstring(staged[f"{page}/index.md".lstrip("/")].split("\n---\n", 1)[1])
    assert any(" ".join(each.text_content().split()).endswith(ends) for each in body.iter("li"))


@pytest.mark.parametrize("page", ["progress", "regions/990101"])
def test_each_verdict_that_is_counted_leads_to_the_targets_that_have_it(staged: dict[str, str], page: str) -> None:
    targets = html.fromstring(staged["plans/990101-tiny-2023/targets/index.md"].split("\n---\n", 1)[1])
    offered = targets.xpath("//select[@name='verdict']/option/@value")
    ways = re.findall(
        r"plans/990101-tiny-2023/targets/index\.html\?verdict=([\w-]+)#targets", staged[f"{page}/index.md"]
    )
    assert "not-published" in ways and set(ways) <= set(offered)
    assert all(targets.xpath(f"//tr[contains(concat(' ', @data-verdict, ' '), ' {word} ')]") for word in ways)


def test_a_figure_of_a_day_says_that_it_is_as_of_that_day(staged: dict[str, str]) -> None:
    assert "<small>截至2024年11月1日 (沿海各镇)" in staged["regions/990101/index.md"]
    assert "as of 1 November 2024" in staged["en/regions/990101/index.md"]


def test_a_bulletin_tells_what_is_known_now_by_a_source_without_a_date(real: Paths) -> None:
    page = (real.output / "bulletins/2026-01/index.html").read_text(encoding="utf-8")
    assert re.search(r"现为 <span[^>]*>已达到（约）</span> （出处没有写日期", page)
