"""A hedge, 力争, and a word that keeps, 稳定在, stand wherever the value of their target does."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from openplans import database
from openplans.downloads import calendar, flat
from openplans.downloads.table import whole_origin
from openplans.facts.model import Facts
from openplans.forms import write
from openplans.paths import Paths
from openplans.search import records
from openplans.text import i18n
from openplans.text.amounts import worded
from tests.conftest import TINY, facts_of, staged_pages
from tests.test_pages import converted


@pytest.fixture(scope="module")
def hedged(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The tiny project where the document strives for every number: 力争."""
    root = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("hedged") / "tiny"))
    for table in root.glob("datapackages/plans/*/targets.csv"):
        text = table.read_text(encoding="utf-8").replace("80,,%,by,,2025", "80,,%,average,2023,2025")
        for year in ("2023", "2025", "2027"):
            text = text.replace(f",{year},,", f",{year},力争,")
        table.write_text(text, encoding="utf-8")
    return Paths.of(root)


@pytest.fixture(scope="module")
def known(hedged: Paths) -> Facts:
    found = facts_of(hedged.root)
    assert all(each.commitment for each in found.targets.values())
    return found


@pytest.fixture(scope="module")
def filled(hedged: Paths, known: Facts) -> Path:
    """The database of it."""
    hedged.database.parent.mkdir(exist_ok=True)
    database.write(known, hedged.database)
    return hedged.database


@pytest.fixture(scope="module")
def shown(hedged: Paths, known: Facts, filled: Path) -> dict[str, str]:
    """Its pages by file."""
    assert filled.exists(), "the data page offers it"
    return staged_pages(hedged, known)


def test_every_page_hedges_what_is_promised(known: Facts, shown: dict[str, str]) -> None:
    """All but actual figures, which nobody hedges."""
    units = known.registry.units
    reported = [*known.observations, *(row for plan in known.plans for row in (*plan.baselines, *plan.updates))]
    figures = {
        bare(str(worded(language, units, each.value, each.unit, getattr(each, "comparator", "eq"))))
        for each in reported
        for language in i18n.LANGUAGES
        if each.value is not None
    }
    unhedged = [
        (file, bare(each.text_content()))
        for file, page in shown.items()
        for each in html.fromstring(converted(page)).find_class("op-amount")
        if not is_hedged(each) and "op-amount--words" not in each.classes
    ]
    assert [(file, amount) for file, amount in unhedged if amount not in figures] == []


def test_another_place_says_whether_it_means_each_year_or_the_average(shown: dict[str, str]) -> None:
    page = shown["plans/990101-tiny-2023/targets/index.md"]
    [said] = html.fromstring(converted(page)).xpath("//li[@id='t013']/b[1]")
    assert said.text_content() == "年均，2023—2025年"


def bare(text: str) -> str:
    """Without blanks."""
    return "".join(text.split())


def is_hedged(each: html.HtmlElement) -> bool:
    """Whether an amount has a hedge before it, also where the amount alone is a link."""
    before = each.getprevious() if each.getprevious() is not None else each.getparent().getprevious()
    return before is not None and "op-hedge" in before.classes


def test_calendars_and_feeds_hedge_what_is_due(known: Facts) -> None:
    words = calendar.words(known.registry)
    said = [words.value(due) for plan in known.plans for due in plan.due if due.kind == "target" and due.row.value]
    assert len(said) == 15
    assert all(each.startswith("力争 ") for each in said)


def test_hits_of_the_search_hedge_in_both_languages(known: Facts) -> None:
    found = [each.shown for each in records.records(known) if each.kind == "target"]
    assert {each["amount"][:3] for each in found} == {"力争 ", ""}
    assert {each["amount_en"][:10] for each in found} == {"strive to ", ""}
    assert sum(not each["amount"] for each in found) == 1, "a target without a number has no amount"


@pytest.mark.parametrize(("language", "hedge"), [("zh", "力争 "), ("en", "strive to ")])
def test_what_a_unit_answers_for_is_hedged_in_its_files(known: Facts, language: str, hedge: str) -> None:
    tables = flat.rows(known, language, whole_origin(known, ""), "")
    promised = [row["promised"] for name in (flat.DOCKET, flat.ORGANIZATION_PROMISES) for row in tables[name]]
    assert all(hedge in each for each in promised if any(map(str.isdecimal, each)))
    assert any(promised)


def test_a_form_hedges_what_the_document_asks(known: Facts) -> None:
    rows = [row for plan in known.plans for row in write.rows(known, plan, "") if row["kind"] == "目标"]
    assert [row["promised"] for row in rows if not row["promised"].startswith("力争 ")] == [
        "居民收入增长与经济增长基本同步"
    ]


@pytest.mark.parametrize("view", ["targets_named", "search_targets", "promises_named"])
def test_the_database_has_hedges_beside_values(filled: Path, view: str) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        assert set(connection.execute(f"SELECT DISTINCT commitment FROM {view}")) == {("力争",), ("基本",)}
        steps = [each for (each,) in connection.execute("SELECT steps FROM promises")]
    assert sum("力争 " in each for each in steps) == len(steps) - 1


@pytest.mark.parametrize(("language", "said"), [("zh", "力争 稳定在 ≥90%"), ("en", "strive to kept at ≥90%")])
def test_a_word_that_keeps_stands_behind_the_hedge(known: Facts, language: str, said: str) -> None:
    words = i18n.macros("flat", language, known.registry.units, known.registry.terms)
    target = known.targets["990101-tiny-2023-t004"]
    assert words.promised(replace(target, kept="稳定在")) == said


def test_the_whole_of_a_share_has_no_sign_and_a_range_both_ends(tiny_facts: Facts) -> None:
    """Where flat tables, forms and the database say it, as on the pages."""
    words = i18n.macros("flat", "zh", tiny_facts.registry.units, tiny_facts.registry.terms)
    target = tiny_facts.targets["990101-tiny-2023-t004"]
    assert words.promised(replace(target, value=Decimal(100))) == "100%"
    assert words.promised(replace(target, comparator="range", value_max=Decimal(95))) == "90—95%"
    verdict = tiny_facts.verdicts[target.target_id]
    whole = replace(target, value=Decimal(100))
    judged = replace(verdict, target=whole, value=whole.value, rule="figure-of-period", figure=verdict.newest)
    assert words.sum(judged) == "目标 100%（2025年）；实际 45%（2023年）"
