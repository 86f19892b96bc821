"""What can be found of the tiny project, and how text is cut for it."""

from __future__ import annotations

import json
import re
import signal
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from openplans.facts.model import Facts
from openplans.paths import Paths
from openplans.search import index, records
from openplans.search.record import KINDS, Record, all_tokens, name_tokens
from openplans.search.tokens import tag, tokens


@pytest.fixture(scope="module")
def found(tiny_facts: Facts) -> dict[str, Record]:
    return {record.url: record for record in records.records(tiny_facts)}


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("养老床", "养老 老床 床ǁ"),
        ("到2027年，ＡＩ养老", "到ǁ 2027 年ǁ ai 养老 老ǁ"),
        ("养老、床位", "养老 老ǁ 床位 位ǁ"),
        ("1.50左右", "1 50 左右 右ǁ"),
        ("PM2.5", "pm 2 5"),
        ("Urban-rural Ratio", "urban rural ratio"),
        ("，。", ""),
    ],
)
def test_chinese_is_cut_in_pairs_and_all_else_stays_whole(text: str, cut: str) -> None:
    assert " ".join(tokens(text)) == cut


def test_a_tag_is_one_token_that_no_text_holds() -> None:
    assert tag("plan", "990101-tiny-2023") == "ǁplanǁ990101tiny2023ǁ"


def test_there_is_a_record_for_every_row_and_every_concept_with_a_page(found: dict[str, Record]) -> None:
    assert Counter(record.kind for record in found.values() if record.plan_ids in ((), ("990101-tiny-2023",))) == {
        **{"concept": 4, "theme": 2, "region": 1, "unit": 4, "plan": 1, "target": 13},
        **{"task": 3, "project": 1, "figure": 10, "note": 2, "clause": 11},
    }
    assert {record.kind for record in found.values()} == set(KINDS)


def test_a_target_is_found_by_its_name_quote_year_concept_and_region(found: dict[str, Record]) -> None:
    record = found["plans/990101-tiny-2023/targets/index.html#t001"]
    assert (record.name, record.text) == ("城乡居民收入倍差", "城乡居民收入倍差缩小到1.6以内")
    assert record.shown == {
        **{
            "when": "到 2025年",
            "when_en": "by 2025",
            "amount": "≤1.6",
            "amount_en": "",
            "name_en": "Urban-rural income ratio",
            "verdict": "实际 1.69 (2024年) 2024年落后",
            "verdict_en": "actual 1.69 (2024) 2024: Behind",
        },
        **{"verdict": "实际 1.69 (2024年) 2024年落后", "verdict_en": "actual 1.69 (2024) 2024: Behind"},
        **{"place": "例县", "place_en": "Example County"},
    }
    found_by = all_tokens(record)
    assert {"倍差", "6", "2025", "入比", "ratio", "例县", "example"} <= set(found_by)
    tags = [each for each in found_by if each.startswith("ǁ") and not each.startswith("ǁcounted")]
    assert tags == [
        *("ǁkindǁtargetǁ", "ǁplanǁ990101tiny2023ǁ", "ǁthemeǁgoalsǁ", "ǁidǁ990101tiny2023t001ǁ"),
        "ǁrowǁt001ǁ",
    ]


def test_an_actual_figure_is_found_by_value_time_and_place_and_shows_its_source(found: dict[str, Record]) -> None:
    record = found["indicators/village-coverage/index.html#o0001"]
    assert (record.kind, record.name) == ("figure", "和美乡村覆盖率")
    assert record.shown["amount"] == "45%" and record.shown["when"] == "2023年" and record.shown["source"]
    found_by = all_tokens(record)
    assert {"45", "2023", "例县", "example", "ǁrowǁo0001ǁ"} <= set(found_by)
    of_target = found["plans/990101-tiny-2023/targets/index.html#o0007"]
    assert of_target.name == found["plans/990101-tiny-2023/targets/index.html#t009"].name


def test_the_periods_of_a_figure_know_each_other(found: dict[str, Record]) -> None:
    figures = [each for each in found.values() if each.kind == "figure" and each.region_code == "990101"]
    lines = {(each.id, *each.line, each.shown["more"]) for each in figures if each.line[0]}
    assert lines == {
        ("o0001", "990101-village-coverage-", 2023.1231, "另有 2 个时期的数"),
        ("o0002", "990101-village-coverage-", 2023, "已有后来的数"),
        ("o0003", "990101-village-coverage-", 2024.063, "另有 2 个时期的数"),
        ("o0004", "990101-village-coverage-", 2024.113, "另有 2 个时期的数"),
        ("o0009", "990101-income-ratio-", 2022.1231, "另有 1 个时期的数"),
        ("o0010", "990101-income-ratio-", 2024.1231, "另有 1 个时期的数"),
    }


def test_pagefind_is_told_no_address_no_verdict_and_no_source(found: dict[str, Record]) -> None:
    shown = {"title", "kind", "name", "when", "when_en", "amount", "name_en", "place", "place_en"}
    for url, more in (
        ("plans/990101-tiny-2023/targets/index.html#t001", "text"),
        ("indicators/income-ratio/index.html#o0010", "aliases"),
    ):
        assert set(index._for_pagefind(found[url])["meta"]) - {more} == shown - {more}, url


def test_the_yearly_steps_of_a_promise_know_each_other(found: dict[str, Record], built: Paths) -> None:
    steps = {url: each for url, each in found.items() if each.line[0] == "990000-wide-2025-t003"}
    assert [(each.line[1], each.shown["steps"], each.shown["steps_en"]) for each in steps.values()] == [
        (2025, "2027年 95%", "2027 95%"), (2027, "2025年 ≥85%", "2025 ≥85%"),
    ]  # fmt: skip
    packs = [json.loads(pack.read_text("utf-8")) for pack in (built.output / "pagefind/packs").glob("*.json")]
    shown = {name: each["url"] for pack in packs for name, each in pack.items()}
    lines = json.loads((built.output / "pagefind/packs.json").read_text("utf-8"))["lines"]
    assert {url: each.line[1] for url, each in steps.items()} in [
        {shown[name]: year for name, year in line.items()} for line in lines
    ]


def test_what_is_promised_for_every_year_is_found_by_each(found: dict[str, Record]) -> None:
    yearly = all_tokens(found["plans/990101-tiny-2023/targets/index.html#t007"])
    assert {"2023", "2024", "2025"} <= set(yearly)


def test_a_verdict_is_in_the_packs_that_are_shown(built: Paths) -> None:
    packs = [json.loads(pack.read_text("utf-8")) for pack in (built.output / "pagefind/packs").glob("*.json")]
    shown = {each["url"]: each["meta"] for pack in packs for each in pack.values()}
    assert shown["plans/990101-tiny-2023/targets/index.html#t001"]["verdict"] == "实际 1.69 (2024年) 2024年落后"


def test_an_amount_is_in_english_where_that_differs(found: dict[str, Record]) -> None:
    shown = found["plans/990101-tiny-2023/targets/index.html#t003"].shown
    assert (shown["amount"], shown["amount_en"]) == (">50000 万元", ">500 million yuan")


def test_a_note_is_found_by_both_its_quotes_and_both_comments(found: dict[str, Record]) -> None:
    note = found["findings/index.html#990101-tiny-2023-n001"]
    assert {"覆盖", "50", "附件", "annex"} <= set(all_tokens(note)) and note.shown["heading_en"].startswith("The ")


def test_a_number_is_found_with_one_character_behind_it(found: dict[str, Record]) -> None:
    record = replace(found["plans/990101-tiny-2023/targets/index.html#t001"], text="超6亿元，2025年，5.2万亩、3A级")
    counted = [each for each in all_tokens(record) if each.startswith("ǁcounted")]
    assert counted == ["ǁcountedǁ6亿ǁ", "ǁcountedǁ2万ǁ"]


def test_what_is_called_by_name_is_found_with_one_character_wrong(found: dict[str, Record]) -> None:
    def slips(url: str) -> set[str]:
        return {each for each in all_tokens(found[url]) if each.startswith("ǁslip")}

    bureau = slips("units/990101/building/index.html")
    assert {"ǁslipǁ0住建局ǁ", "ǁslipǁ3县住建ǁ", "ǁslipǁ0建局ǁ"} <= bureau, "县住建局, and without its 县"
    assert not slips("plans/990101-tiny-2023/targets/index.html#t001") and not slips("regions/990101/index.html")
    assert not [each for each in slips("indicators/income-ratio/index.html") if not re.search(r"\d\w{2,7}ǁ$", each)]


def test_a_concept_goes_by_what_plans_call_it(found: dict[str, Record]) -> None:
    record = found["indicators/income-ratio/index.html"]
    assert record.name == "城乡居民收入比" and "城乡居民收入倍差" in record.names
    assert name_tokens(record)[:7] == ["城乡", "乡居", "居民", "民收", "收入", "入比", "比ǁ"]


def test_a_unit_is_found_by_every_spelling(found: dict[str, Record]) -> None:
    record = found["units/990101/building/index.html"]
    assert record.names == ("县住建局", "县住房和城乡建设局", "Building Bureau")
    assert found["units/990101/agriculture/index.html"].names[-1] == "农业", "an alias"
    assert record.text == "县住建局、县住房和城乡建设局"


def test_aliases_lead_to_what_they_stand_for_and_never_into_the_document(found: dict[str, Record]) -> None:
    by_alias = defaultdict(set)
    for record in found.values():
        for alias in ("收入差距", "农业", "例子县", "乡村", "农场"):
            if alias in (*record.names, *record.also):
                by_alias[alias].add(record.kind)
    assert by_alias == {
        "收入差距": {"concept", "target", "figure"},
        "农业": {"unit", "task"},
        "例子县": {"region", "unit", "plan", "target", "task", "project", "figure", "note"},
        "乡村": {"concept", "theme", "target", "task", "project", "figure"},
        "农场": {"concept", "target", "task"},
    }
    assert found["indicators/income-ratio/index.html"].shown["aliases"] == "income gap\n收入差距"


def test_a_document_is_near_by_the_aliases_of_words_that_it_has(found: dict[str, Record]) -> None:
    near = {record.kind for record in found.values() if "农场" in record.meant}
    assert near == {"clause"}
    [clause, *_] = [record for record in found.values() if "农场" in record.meant]
    written = [each for each in all_tokens(clause) if not each.startswith("ǁmeant")]
    assert "农场" not in " ".join(written)
    assert tag("meant", "农场") in all_tokens(clause)


def test_the_traditional_characters_are_those_of_characters_that_occur(found: dict[str, Record]) -> None:
    lines = records.occurring(found.values())
    assert "个個箇" in lines and not [line for line in lines if line[0] == "龟"]


def test_a_paragraph_stands_under_its_heading_and_is_not_found_by_it(found: dict[str, Record]) -> None:
    record = found["plans/990101-tiny-2023/text/index.html#c003"]
    assert (record.name, record.shown["heading"]) == ("", "一、总体目标")
    assert "总体" not in all_tokens(record) and "突破" in all_tokens(record)


def test_the_page_offers_the_kinds_and_themes_that_there_are(tiny_facts: Facts) -> None:
    kinds, themes = records.choices(records.records(tiny_facts))
    assert (kinds, themes) == (KINDS, {"goals", "villages"})


def test_every_record_leads_to_a_row_of_a_page_and_to_its_english_page(built: Paths, found: dict[str, Record]) -> None:
    packs = [json.loads(each.read_bytes()) for each in (built.output / "pagefind/packs").iterdir()]
    indexed = [each for pack in packs for each in pack.values()]
    assert sorted(each["url"] for each in indexed) == sorted(found)
    for address in (each for record in indexed for each in (record["url"], record["meta"].get("url_en")) if each):
        path, _, anchor = address.partition("#")
        page = (built.output / path).read_text(encoding="utf-8")
        assert not anchor or re.search(rf'\sid="{anchor}"', page), address
    leads = {each["url"]: each["meta"].get("url_en") for each in indexed}
    assert {there for address, there in leads.items() if there not in (None, f"en/{address}")} == set()
    assert leads["plans/990101-tiny-2023/targets/index.html#t003"]


def test_only_the_files_that_the_page_loads_are_published(built: Paths) -> None:
    files = {each.name: each.stat().st_size for each in (built.output / "pagefind").iterdir() if each.is_file()}
    [meta] = [name for name in files if name.endswith(".pf_meta")]
    assert set(files) == {
        "pagefind-entry.json",
        "pagefind.js",
        "pagefind-worker.js",
        "wasm.unknown.pagefind",
        "packs.json",
        meta,
    }
    assert all(files.values())


def region(code: str) -> list[Record]:
    """A plan of a region, a row of it, and what all share."""
    plan = Record("plan", f"plans/{code}/index.html", region_code=code)
    return [
        plan,
        Record("target", f"plans/{code}/targets/index.html#t001", region_code=code),
        Record("concept", "indicators/x/index.html"),
    ]


def test_few_plans_have_one_index(tiny_facts: Facts) -> None:
    found = list(records.records(tiny_facts))
    assert index.parts(found, tiny_facts.registry) == {"": found}


def test_many_plans_have_an_index_per_province_and_one_of_what_they_share(tiny_facts: Facts) -> None:
    found = [record for _ in range(index.MOST // 2) for code in ("990000", "990101") for record in region(code)]
    far = replace(tiny_facts.registry.regions["990000"], region_code="880000")
    registry = replace(tiny_facts.registry, regions={**tiny_facts.registry.regions, "880000": far})
    parts = index.parts([*found, *region("880000")], registry)
    assert {code: Counter(each.kind for each in rows) for code, rows in parts.items()} == {
        "": {"concept": index.MOST + 1, "plan": index.MOST + 1},
        "880000": {"target": 1},
        "990000": {"target": index.MOST},
    }


def test_a_crowded_province_has_an_index_per_city(tiny_facts: Facts) -> None:
    found = [record for _ in range(index.MOST) for code in ("990000", "990101") for record in region(code)]
    below = tiny_facts.registry.region_chain("990101")[::-1][1]
    assert set(index.parts(found, tiny_facts.registry)) == {"", "990000", below}


def test_a_build_that_signals_interrupt_is_indexed_whole() -> None:
    """A write to a full pipe that a signal interrupts (a stop by Ctrl-Z, a profiler) has written a part only."""
    found = tuple(
        Record("clause", f"plans/x/text/index.html#c{number}", text="养老服务" * 20_000) for number in range(20)
    )
    whole = index.index(index.IndexPart("", found))
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    try:
        interrupted = index.index(index.IndexPart("", found))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert interrupted == whole
