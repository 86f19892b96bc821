"""What is due when: the promises of the tiny project by year, and the calendars to subscribe to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from openplans.facts.calendar import last_day
from openplans.facts.model import Facts
from openplans.facts.records import Due, Target
from openplans.facts.restatements import grouped
from openplans.pages.calendar import year_pages
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
        2025: ["例省 t001", "例省 t002", *(f"例县 {each}" for each in ("t001", "t002", "t006", "t003", "t004", "t013", "t005", "t007", "t010", "t011", "k003"))],
        2027: ["例省 t003"],
    }  # fmt: skip


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
    found = [[(each.target_id, each.value) for each in group] for group in grouped(rows)]
    assert found == [[("甲", 1), ("丙", 1)], [("丁", 2)], [("乙", 1)]]


def events(file: Path) -> Iterator[Event]:
    return Calendar.from_ical(file.read_bytes()).walk("VEVENT")


def test_every_dated_row_has_its_event(built: Paths, tiny_facts: Facts) -> None:
    ids = {f"{due.id}@openplans" for due in every(tiny_facts)}
    found = [event.uid for event in events(built.output / "data/calendar.ics")]
    assert sorted(found) == sorted(ids) and len(found) == 18
    each = [event.uid for file in built.output.glob("data/plans/*/calendar.ics") for event in events(file)]
    assert sorted(each) == sorted(found)


def test_every_dated_row_of_the_real_plans_has_its_event(real: Paths) -> None:
    found = [event.uid for event in events(real.output / "data/calendar.ics")]
    assert sorted(found) == sorted(f"{due.id}@openplans" for due in every(facts_of(real.root)))
    assert len(found) == len(set(found))


def test_an_event_says_who_what_when_and_where_it_stands(built: Paths) -> None:
    found = {event.uid: event for event in events(built.output / "data/plans/990101-tiny-2023/calendar.ics")}
    once = found["990101-tiny-2023-t004@openplans"]
    assert once["SUMMARY"] == "例县：和美乡村覆盖率 ≥90%"
    assert (once.start, once.end) == (date(2025, 12, 31), date(2026, 1, 1)) and "RRULE" not in once
    assert "原文：“和美乡村覆盖率达到90%以上”" in once["DESCRIPTION"] and "责任单位：" in once["DESCRIPTION"]
    assert once.stamp.isoformat() == "2025-03-01T00:00:00+00:00", "the date of the data, never the clock's"
    yearly = found["990101-tiny-2023-t007@openplans"]
    assert yearly.start == date(2023, 12, 31) and yearly["RRULE"].to_ical() == b"FREQ=YEARLY;COUNT=3"
    assert found["990101-tiny-2023-p001@openplans"]["SUMMARY"] == "例县：例河大桥 要开工"
    assert found["990101-tiny-2023-t002@openplans"]["SUMMARY"] == "例县：居民收入增长 文件没有给出数字"


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


def test_a_year_is_past_by_the_date_of_the_data(built: Paths) -> None:
    def page(path: str) -> str:
        return (built.output / path / "index.html").read_text(encoding="utf-8")

    assert "期限已过" in page("calendar/2023") and "期限已过" not in page("calendar/2025")
    assert "最近：2025年到期" in page("calendar")
    assert "past" in page("en/calendar/2023") and "和美乡村覆盖率" in page("en/calendar/2023")
