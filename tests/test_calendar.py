"""What is due when: the promises of the tiny project by year, and the calendars to subscribe to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar, Event

from openplans.downloads import calendar, news
from openplans.facts.calendar import KINDS, due, last_day
from openplans.facts.deadlines import Subject, deadlines, subjects
from openplans.facts.derived import Due
from openplans.facts.model import Facts
from openplans.facts.records import Target
from openplans.facts.restatements import grouped
from openplans.pages import regions
from openplans.pages.calendar import pages, year_pages
from openplans.pages.common import Shared
from openplans.paths import Paths
from tests.conftest import facts_of


def short(rows: list[Due]) -> list[str]:
    return [f"{due.region.name_zh} {due.row.anchor}" for due in rows]


def every(facts: Facts) -> list[Due]:
    return [due for plan in facts.plans for due in plan.due]


def test_each_dated_row_stands_in_the_years_in_which_it_is_due(tiny_facts: Facts) -> None:
    found = {year: short(rows) for year, rows in tiny_facts.due.items()}
    assert found == {
        2023: ["例县 t008", "例县 t009", "例县 t012", "例县 t007"],  # t007: every year from 2023 to 2025
        2024: ["例县 p001", "例县 t007"],
        2025: [
            "例省 t001",
            "例省 t002",
            *(
                f"例县 {each}"
                for each in ("t001", "t002", "t006", "t003", "t004", "t013", "t005", "t007", "t010", "t011", "k003")
            ),
        ],
        2027: ["例省 t003"],
    }


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2027", date(2027, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2025-06", date(2025, 6, 30)),
        ("2025-06-05", date(2025, 6, 5)),
    ],
)
def test_a_period_is_over_on_its_last_day(period: str, day: date) -> None:
    assert last_day(period) == day


def test_only_what_holds_each_year_anew_is_due_each_year(tiny_facts: Facts) -> None:
    def years(basis: str) -> tuple[int, ...]:
        target = tiny_facts.plans[1].targets[0]
        return replace(target, period_basis=basis, period_start="2023", period_end="2025").years

    assert years("annual") == (2023, 2024, 2025)
    assert years("average") == years("in") == (2025,)
    assert [due.years for due in every(tiny_facts) if due.kind == "project"] == [(2024,)]


def test_what_is_said_twice_stands_together(tiny_facts: Facts) -> None:
    def row(name: str, value: int, restates: str = "") -> Target:
        model = tiny_facts.plans[1].targets[0]
        return replace(model, target_id=name, restates=restates, value=Decimal(value))

    rows = [row("甲", 1), row("乙", 1), row("丙", 1, "甲"), row("丁", 2, "甲")]
    found = [[(each.target_id, each.value) for each in group] for group in grouped(rows, tiny_facts.registry)]
    assert found == [[("甲", 1), ("丙", 1)], [("丁", 2)], [("乙", 1)]]


def events(file: Path) -> Iterator[Event]:
    return Calendar.from_ical(file.read_bytes()).walk("VEVENT")


def listed(file: Path) -> list[tuple[date, str, int]]:
    """Day, title and number of listed rows of each event."""
    return [(each.start, str(each["SUMMARY"]), each["DESCRIPTION"].count("· ")) for each in events(file)]


def test_a_calendar_has_a_promise_once_also_where_the_annex_writes_it_without_its_sign(
    tiny: Path, edit: Callable[[str, str, str], None]
) -> None:
    """90%以上 in the body, 90 in the table: one row of the year 2025."""
    edit("plans/990101-tiny-2023/targets.csv", "share,eq,80,,%,by,,2025", "share,eq,90,,%,by,,2025")
    ids = [row.id[-4:] for row in facts_of(tiny).due[2025]]
    assert "t004" in ids and "t013" not in ids


TINY = "data/plans/990101-tiny-2023/calendar.ics"


def test_a_plan_has_one_event_a_day_with_the_list_in_it(built: Paths) -> None:
    """What the document says twice is listed once, and what holds every year each year."""
    assert listed(built.output / TINY) == [
        (date(2023, 12, 31), "例县：4 项到期", 4),
        (date(2024, 12, 31), "例县：2 项到期", 2),
        (date(2025, 12, 31), "例县：11 项到期", 11),
    ]
    [event] = [each for each in events(built.output / TINY) if each.start.year == 2024]
    assert str(event["DESCRIPTION"]) == "【村庄】\n· 例河大桥 要开工\n· 新增农庄 2 家"


def test_every_promise_of_the_real_plans_is_in_an_event(real: Paths) -> None:
    found = facts_of(real.root)
    days = {(each.plan_id, each.day): {row.id for row in each.rows} for each in deadlines(every(found))}
    assert len(days) == len(list(events(real.output / "data/calendar.ics")))
    told = {row_id for rows in days.values() for row_id in rows}
    assert told == {due.id for due in every(found) if not due.repeats}


def test_a_theme_and_a_unit_have_calendars_of_what_concerns_them(tiny_facts: Facts, built: Paths) -> None:
    found = {each.path: {due.row.anchor for due in each.due} for each in subjects(tiny_facts)}
    # The tasks of t004 only list the bureau: of this promise the annex says that another leads.
    assert found["units/990101/agriculture"] == {"p001", *(f"t{number:03}" for number in range(5, 12))}
    assert "t004" in found["units/990101/building"]
    paths = {path for path in found if (built.output / f"data/{path}/calendar.ics").is_file()}
    assert paths == set(found) and {path.split("/")[0] for path in found} == {"", "plans", "themes", "units"}
    ids = [str(event.uid) for file in built.output.glob("data/**/calendar.ics") for event in events(file)]
    of_all = [str(event.uid) for event in events(built.output / "data/calendar.ics")]
    assert len(set(ids)) == len(ids) - len(of_all), "only a plan's own event stands in two calendars"


def test_a_unit_has_what_only_the_annex_says_that_it_leads(tiny_facts: Facts) -> None:
    """The same bureau answers for a promise wherever the document names it."""
    for subject in subjects(tiny_facts):
        if subject.kind == "organization":
            led = {each.org_id for due in subject.due for each in due.row.answering}
            assert subject.path in {f"units/{org_id.replace('-', '/', 1)}" for org_id in led}


def test_a_calendar_has_the_properties_that_outlook_and_apple_read(built: Paths) -> None:
    text = (built.output / TINY).read_bytes().decode()
    head = text[: text.index("BEGIN:VEVENT")].splitlines()
    assert "REFRESH-INTERVAL;VALUE=DURATION:P7D" in head and "X-PUBLISHED-TTL:P7D" in head
    assert [line for line in head if line.startswith("X-WR-CALNAME")] == ["X-WR-CALNAME:例县：到期日历"]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "RFC 5545 folds lines"


def test_what_is_still_to_come_has_a_reminder_and_what_is_over_has_none(built: Paths) -> None:
    alarms = {
        each.start: [str(alarm["DESCRIPTION"]) for alarm in each.walk("VALARM")] for each in events(built.output / TINY)
    }
    assert alarms == {date(2023, 12, 31): [], date(2024, 12, 31): [], date(2025, 12, 31): ["例县：11 项到期"]}
    [alarm] = [alarm for each in events(built.output / TINY) for alarm in each.walk("VALARM")]
    assert alarm["ACTION"] == "DISPLAY" and alarm["TRIGGER"].to_ical() == b"-P30D"


def of_the_county(facts: Facts) -> Subject:
    return next(each for each in subjects(facts) if each.path == "plans/990101-tiny-2023")


@pytest.mark.parametrize(("updated", "reminders"), [("2025-12-30", 1), ("2025-12-31", 0)])
def test_what_falls_due_today_has_no_reminder(tiny_facts: Facts, updated: str, reminders: int) -> None:
    subject = of_the_county(tiny_facts)
    last = max(deadlines(subject.due), key=lambda each: each.day)
    setting = calendar.CalendarSetting("", {last.plan_id: updated}, calendar.words(tiny_facts.registry))
    assert len(calendar.event(last, subject, setting).walk("VALARM")) == reminders


def test_a_deadline_is_news_of_its_own_day_once_that_has_come(tiny_facts: Facts) -> None:
    """Before, it is news of the day on which its plan was published."""
    subject, words = of_the_county(tiny_facts), calendar.words(tiny_facts.registry)
    known = news.News((), (), {"990101-tiny-2023": "2025-03-01"}, {}, tiny_facts.registry, date(2025, 12, 30))

    def told(as_of: date) -> list[str]:
        return sorted(each.day for each in news._due(subject, replace(known, as_of=as_of), words, ""))

    assert told(date(2025, 12, 30)) == ["2024-12-31", "2025-03-01"]
    assert told(date(2025, 12, 31)) == ["2024-12-31", "2025-12-31"]
    year, day = news.WINDOW, timedelta(1)
    assert told(date(2024, 12, 31) + year) == ["2024-12-31", "2025-12-31"]
    assert told(date(2024, 12, 31) + year + day) == ["2025-12-31"]


def test_a_month_is_news_of_the_newest_day_of_what_it_brought(tiny_facts: Facts) -> None:
    month = next(each for each in tiny_facts.bulletins if each.key == "2024-03")
    figures = [
        replace(row, source=replace(row.source, published=day))
        for row, day in zip(tiny_facts.observations, (date(2024, 3, 5), date(2024, 3, 20), None), strict=False)
    ]
    bare = replace(month, figures=figures, updates=[], changes=[])
    assert news._last_day(bare, date(2025, 1, 1)) == date(2024, 3, 20)
    assert news._last_day(bare, date(2024, 3, 10)) == date(2024, 3, 10)  # no news of the future
    assert news._last_day(replace(bare, changes=month.changes), date(2025, 1, 1)) == date(2024, 3, 31)


def test_an_event_has_the_date_of_the_data_and_no_other_moment(built: Paths) -> None:
    for event in events(built.output / TINY):
        assert event.stamp.isoformat() == "2025-03-01T00:00:00+00:00"
        assert event.end - event.start == timedelta(days=1) and "RRULE" not in event


def read(file: Path) -> Any:
    """A feed as a reader understands it; one that is not well formed is refused."""
    found = feedparser.parse(file.read_bytes())
    assert not found.bozo and found.version == "atom10"
    return found


def test_a_feed_tells_of_changes_and_deadlines(built: Paths) -> None:
    found = read(built.output / "data/plans/990101-tiny-2023/news.atom.xml")
    assert found.feed.title == "例县：变化和到期"
    titles = [each.title for each in found.entries]
    assert "2025年12月31日 例县：11 项到期" in titles and "2024年12月31日 例县：2 项到期" in titles
    assert "例县：2024年3月，公布 2，结论变化 1" in titles and "例县：2024年6月，公布 1" in titles
    assert "农创客 2 名 (2023年)" in "".join(each.summary for each in found.entries)
    assert [each.updated for each in found.entries] == sorted((each.updated for each in found.entries), reverse=True)
    assert max(each.updated for each in found.entries) <= "2025-03-01T00:00:00Z", "no news of the future"


def test_every_entry_of_every_feed_has_an_id_of_its_own_and_leads_to_a_page(built: Paths) -> None:
    files = sorted(built.output.glob("data/**/news.atom.xml"))
    assert len(files) > 4
    for file in files:
        entries = read(file).entries
        assert len({each.id for each in entries}) == len(entries) > 0
        for each in entries:
            assert (file.parent / each.link.split("#")[0] / "index.html").resolve().is_file(), each.link


def test_a_year_with_too_many_promises_has_a_page_a_plan(tiny_facts: Facts, drawn_from: Shared) -> None:
    rows = tiny_facts.due[2025]

    def split(longest: int) -> dict[str, list[tuple[int, int, str]]]:
        return {
            page.path: [(group["count"], len(group["rows"]), group["path"]) for group in page.context["groups"]]
            for page in year_pages(drawn_from, 2025, rows, [2025], 2026, longest)
        }

    assert split(13) == {"calendar/2025": [(2, 2, ""), (11, 11, "")]}
    assert split(12) == {
        "calendar/2025": [(2, 0, "calendar/2025/990000-wide-2025"), (11, 0, "calendar/2025/990101-tiny-2023")],
        "calendar/2025/990000-wide-2025": [(2, 2, "")],
        "calendar/2025/990101-tiny-2023": [(11, 11, "")],
    }


def test_a_place_shows_what_falls_due_from_the_day_of_the_data_on_for_a_year(tiny_facts: Facts) -> None:
    rows = [row for plan in tiny_facts.plans for row in plan.due]
    days = sorted({day for row in rows for day in row.days if not row.repeats})
    first = [row for row in rows if days[0] in row.days and not row.repeats]
    day = timedelta(1)
    for as_of, there in ((days[0], True), (days[0] + day, False), (days[0] - regions.YEAR, True)):
        shown = regions._coming(rows, as_of)
        assert (shown[: len(first)] == first) is there and not any(each.repeats for each in shown)
    assert regions._coming(rows, days[0] - regions.YEAR - day) == []
    assert regions._coming(rows[::-1], days[0] - day)[: len(first)] == first[::-1]


def test_what_has_no_end_is_counted_as_undated(tiny_facts: Facts, drawn_from: Shared) -> None:
    begun = [
        replace(plan, tasks=tuple(replace(task, period_start="2023") for task in plan.tasks))
        for plan in tiny_facts.plans
    ]
    [whole, *_] = pages(replace(drawn_from, facts=replace(tiny_facts, plans=tuple(begun))))
    assert whole.context["undated"] == {"tasks": 2, "projects": 0}


def test_a_year_is_past_by_the_date_of_the_data(built: Paths) -> None:
    def page(path: str) -> str:
        return (built.output / path / "index.html").read_text(encoding="utf-8")

    assert "期限已过" in page("calendar/2023") and "期限已过" not in page("calendar/2025")
    assert "最近：2025年到期" in page("calendar")
    assert "past" in page("en/calendar/2023") and "和美乡村覆盖率" in page("en/calendar/2023")


def test_a_work_that_belongs_to_no_task_stands_under_the_overall_goals(tiny_facts: Facts) -> None:
    plan = tiny_facts.plans[1]
    [work] = plan.projects
    for theme, wanted in ((plan.tasks[0].theme, "villages"), (None, "goals")):
        [found] = due(plan.plan.region, [], [replace(work, theme=theme)], [], tiny_facts.registry)
        assert (found.kind, found.theme.theme_id, KINDS.index(found.kind)) == ("project", wanted, 1)


def test_what_is_promised_for_every_year_is_due_at_the_end_of_each(tiny_facts: Facts) -> None:
    [due] = [each for each in tiny_facts.plans[1].due if each.id == "990101-tiny-2023-t009"]
    assert (due.years, due.days) == ((2023,), [date(2023, 12, 31)])
    assert replace(due, years=(2023, 2024)).days == [date(2023, 12, 31), date(2024, 12, 31)]
    june = replace(due, day=date(2023, 6, 30))
    assert (june.days, replace(june, years=(2022, 2023)).days[-1]) == ([date(2023, 6, 30)], date(2023, 12, 31))
