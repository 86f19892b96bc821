"""What was done to many cells at once is one message, at the right place, that says what was probably done."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from openplans.packages.diff import compare
from openplans.packages.link import link
from openplans.packages.read import read_project
from openplans.paths import Paths
from openplans.problems import problem
from openplans.rules import causes, exchanged, history, moved, ranks, repeated, worded
from openplans.rules.following import brings, may_follow
from openplans.rules.ties import Graph
from openplans.rules.traced import traced
from openplans.text.substitution import substitution
from tests.breaking import _say, broken
from tests.conftest import TINY, judge

PLAN = "datapackages/plans/990101-tiny-2023"
TARGETS, TASKS, CLAUSES, UNITS = "targets.csv", "tasks.csv", "clauses.csv", "responsibilities.csv"

Rows = list[dict[str, str]]


def replaced(column: str, old: str, new: str) -> Callable[[Rows], Rows]:
    """A find-and-replace over a column."""
    return lambda rows: [{**row, column: row[column].replace(old, new)} for row in rows]


def sorted_alone(column: str) -> Callable[[Rows], Rows]:
    """A column sorted without the others."""
    return lambda rows: [
        {**row, column: value} for row, value in zip(rows, sorted(each[column] for each in rows), strict=True)
    ]


def shifted(column: str) -> Callable[[Rows], Rows]:
    """A column that is a row off."""
    return lambda rows: [{**row, column: below[column]} for row, below in zip(rows, [*rows[1:], rows[0]], strict=True)]


def counted_on(column: str, first: int) -> Callable[[Rows], Rows]:
    """A cell dragged down over three rows, each counting on."""
    return lambda rows: [{**row, column: str(first + n)} if n < 3 else row for n, row in enumerate(rows)]


def anew(column: str, prefix: str) -> Callable[[Rows], Rows]:
    """Ids given anew after a row was put on top."""
    return lambda rows: [{**row, column: f"990101-tiny-2023-{prefix}{n:03}"} for n, row in enumerate(rows, 2)]


DONE: dict[str, tuple[str, Callable[[Rows], Rows], str, str]] = {
    "words of the quotes": (TARGETS, replaced("quote", "率", "度"), "targets.csv:5:19", "的“率”成了“度”"),
    "words of the clauses": (CLAUSES, replaced("text", "村", "屯"), "clauses.csv:2:6", "4 条的文字与原文不同"),
    "a code": (TARGETS, replaced("comparator", "eq", "ge"), "targets.csv:8:11", "恢复整列"),
    "a year": (TARGETS, replaced("period_end", "2025", "2026"), "targets.csv:2:17", "恢复整列"),
    "years counted on": (TARGETS, counted_on("period_end", 2026), "targets.csv:2:17", ""),
    "values a row lower": (TARGETS, lambda rows: [*rows[:7], *shifted("value")(rows[7:11]), *rows[11:]],
                           "targets.csv:9:12", ""),
    "a role": (UNITS, replaced("role", "listed", "co"), "responsibilities.csv:2:3", "同样的改动共 3 处"),
    "placeholders": (TARGETS, lambda rows: [{name: cell or "NaN" for name, cell in row.items()} for row in rows],
                     "targets.csv:2:3", "同样的改动共 120 处"),
    "values sorted": (TARGETS, sorted_alone("value"), "targets.csv:4:12", "恢复整列"),
    "units a row off": (UNITS, shifted("org_id"), "responsibilities.csv:2:2", "恢复整列"),
    "tasks reversed": (TASKS, lambda rows: rows[::-1], "tasks.csv:3:3", "表格多半被排序过"),
    "clauses emptied": (CLAUSES, lambda rows: [], "clauses.csv:1:0", "清空过"),
    "targets emptied": (TARGETS, lambda rows: [], "targets.csv:1:0", "清空过"),
    "rows deleted": (TARGETS, lambda rows: rows[:3] + rows[6:],
                     "targets.csv:1:1", "2 个编号，到 990101-tiny-2023-t006"),
    "the last rows deleted": (TARGETS, lambda rows: rows[:-2], "clauses.csv:11:6", "加进 targets.csv"),
    "rows pasted": (TARGETS, lambda rows: [*rows, *rows[:3]], "targets.csv:15:1", "取一个没有用过的编号"),
    "targets numbered anew": (TARGETS, anew("target_id", "t"), "targets.csv:1:1", "重新编过号"),
    "clauses numbered anew": (CLAUSES, anew("clause_id", "c"), "clauses.csv:1:1", "重新编过号"),
}  # fmt: skip
"""By what was done: the table, how, where it is told, and what of the mend."""


def rewrite(path: Path, done: Callable[[Rows], Rows]) -> None:
    """Do something to all rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(done(rows))


@pytest.mark.parametrize("name", DONE)
def test_what_is_done_at_once_is_one_message(name: str, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (causes, repeated, worded):
        monkeypatch.setattr(module, "MANY", 4)  # the tiny tables are short
    table, done, place, mend = DONE[name]
    rewrite(tiny / PLAN / table, done)
    problems = judge(tiny)
    assert [each.address.split("/")[-1] for each in problems] == [place] and mend in problems[0].hint_zh


def test_a_plan_that_nobody_has_read_is_not_said_to_be_emptied(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worded, "MANY", 4)
    for table in (tiny / PLAN).glob("*.csv"):
        if table.name != "clauses.csv":
            head = table.read_text(encoding="utf-8").splitlines(keepends=True)[0]
            table.write_text(head, encoding="utf-8")
    hints = [each.hint_zh for each in judge(tiny) if each.rule == "figure-not-accounted"]
    assert any("先运行 build.py draft" in hint for hint in hints) and not any("清空过" in hint for hint in hints)


def test_a_unit_put_for_another_is_told_at_the_unit(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "50000,,万元", "50000,,亿元")
    [problem] = judge(tiny)
    assert (problem.rule, problem.line, problem.field) == ("unit-differs", 4, "unit")


def test_three_slips_of_another_kind_are_three_messages(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "倍差缩小到1.6以内", "倍差缩到1.6以内")
    edit("plans/990101-tiny-2023/targets.csv", "2025年突破50000", "2025年超50000")
    edit("plans/990101-tiny-2023/targets.csv", "和美乡村覆盖率达到90", "和美乡村覆盖率达90")
    assert [each.line for each in judge(tiny)] == [2, 4, 5]


@pytest.mark.parametrize(
    ("copy", "text", "found"),
    [
        ("覆盖率达90%、达标率达98%", "到2025年,覆盖率达到90%、达标率达到98%以上", ("到", "")),
        ("超六亿圆", "总收入超6亿元,增长", None),
        ("超六亿元", "总收入超6亿元,增长", ("6", "六")),
        ("率达到90%", "覆盖率达到90%", None),
        ("加快「环山」道路建设", "要加快“环山”道路建设,", ("“”", "「」")),
        ('"环山"道路建设,', "要加快“环山”道路建设,", ("“”", '""')),
        ('要加快"环山"', "要加快“环山”道路建设,", ("“”", '""')),
        ("加快甲山乙道路建设", "要加快丙山丁道路建设,", None),
    ],
)
def test_a_substitution_is_the_same_wherever_words_differ(copy: str, text: str, found: tuple[str, str] | None) -> None:
    assert substitution(copy, text) == found


def test_exchanged_cells_of_few_rows_only_are_looked_for(tiny: Path, edit, monkeypatch: pytest.MonkeyPatch) -> None:
    edit("plans/990101-tiny-2023/tasks.csv", ",1,美化村庄,", ",1,农庄/农创客,")
    edit("plans/990101-tiny-2023/tasks.csv", "-c009,1,农庄/农创客,", "-c009,1,美化村庄,")
    assert [each.rule for each in judge(tiny)] == ["exchanged"]
    monkeypatch.setattr(exchanged, "FEW", 1)
    assert [each.rule for each in judge(tiny)] == ["task-title-not-in-clause"] * 2


def test_what_cannot_be_judged_is_not_looked_through_for_exchanges(tiny: Path, edit) -> None:
    def swapped(rows: Rows) -> Rows:
        texts = [row["text"] for row in rows]
        texts[2:4] = texts[3:1:-1]
        return [{**row, "text": text} for row, text in zip(rows, texts, strict=True)]

    rewrite(tiny / PLAN / CLAUSES, swapped)
    assert [each.rule for each in judge(tiny)] == ["exchanged"]
    edit("plans/990101-tiny-2023/datapackage.json", '  "issuer": "例县人民政府",\n', "")
    assert [each.rule for each in judge(tiny)] == ["bad-descriptor"]


def test_two_slips_in_a_column_are_no_exchange(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/tasks.csv", ",1,美化村庄,", ",1,美化村装,")
    edit("plans/990101-tiny-2023/tasks.csv", "-c009,1,农庄/农创客,", "-c009,1,美化村庄,")
    assert [each.rule for each in judge(tiny)] == ["task-title-not-in-clause"] * 2


def test_rows_that_were_moved_keep_their_ids(tiny: Path) -> None:
    path = tiny / "datapackages/observations/sources.csv"
    head, one, other, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, other, one, *rest]), encoding="utf-8")
    assert [each.rule for each in judge(tiny)] == ["ids-not-rising"]


@pytest.mark.parametrize("version", ["v1.0.0", "1.0", "１.0.0", ""])
def test_a_version_that_is_none_is_one_mistake_and_not_an_order(tiny: Path, edit, version: str) -> None:
    edit("registry/releases.csv", "1.0.0,1,", f"{version},1,")
    [told] = judge(tiny)
    assert (told.rule, told.line, told.field) == ("wrong-form" if version else "required", 2, "version")


def test_few_numbers_that_differ_tell_a_column_of_english_that_is_out_of_place(tiny: Path, edit) -> None:
    for number, english in enumerate(("Urban over rural income", "Share of villages", "Yearly income of villages"), 2):
        edit("registry/concepts.csv", f",{english}", f"({number}0户),{english} of {number + 1}0 households")
    [told] = judge(tiny)
    assert (told.rule, told.line, len(told.follows)) == ("translation-differs", 2, 2) and "恢复整列" in told.hint_zh


def test_a_table_that_was_moved_to_another_folder_is_one_message(tiny: Path) -> None:
    (tiny / PLAN / "notes.csv").rename(tiny / "datapackages/registry/notes.csv")
    [told] = judge(tiny)
    assert (told.rule, told.file) == ("missing-file", f"{PLAN}/notes.csv") and "移回来" in told.hint_zh


def test_a_unit_given_to_the_next_task_is_told_at_its_row(tiny: Path) -> None:
    broken(tiny, "duplicate-row/given-to-the-next-task")
    [told] = judge(tiny)
    assert (told.line, told.field) == (4, "task_id")
    assert "第 7 行相同" in told.zh and "task_id 应是 990101-tiny-2023-k001" in told.hint_zh


def test_a_figure_that_leapt_is_what_is_wrong_with_its_series(tiny: Path, edit) -> None:
    base = read_project(Paths.of(TINY))[0]
    edit("observations/observations.csv", "2022,year,eq,1.7,", "2022,year,eq,17,")
    told = judge(tiny)
    assert [each.line for each in told] == [11]
    since = history.problems(base, read_project(Paths.of(tiny))[0])
    assert [(each.rule, each.line) for each in causes.with_way(told, since)] == [("figure-leaps", 10)]


def test_a_column_of_figures_that_leapt_is_one_message(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (causes, repeated):
        monkeypatch.setattr(module, "MANY", 3)
    rewrite(
        tiny / "datapackages/observations/observations.csv",
        lambda rows: [{**row, "value": f"{Decimal(row['value']) * 100:f}"} for row in rows],
    )
    since = history.problems(read_project(Paths.of(TINY))[0], read_project(Paths.of(tiny))[0])
    [told] = causes.with_way(judge(tiny), since)
    assert told.rule == "figure-leaps" and "恢复整列" in told.hint_zh


def test_a_column_of_figures_that_was_sorted_is_one_message(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moved, "MANY", 3)
    rewrite(tiny / "datapackages/observations/observations.csv", sorted_alone("value"))
    base, now = read_project(Paths.of(TINY))[0], read_project(Paths.of(tiny))[0]
    found = causes.with_way(judge(tiny), history.problems(base, now))
    [told] = traced(found, compare(base, now), now)
    assert (told.rule, told.field) == ("column-moved", "value")


def test_a_registered_spelling_that_was_changed_is_told_there(tiny: Path, edit) -> None:
    edit("registry/organization_names.csv", "县农业局,", "县农业居,")
    [told] = judge(tiny)
    assert (told.address, told.field) == ("datapackages/registry/organization_names.csv:3:2", "name")
    assert "“县农业居”却没有一处用到" in told.hint_zh


def test_a_registered_spelling_of_a_unit_that_is_none_is_told_there(tiny: Path, edit) -> None:
    edit("registry/organization_names.csv", "县农业局,990101-agriculture", "县农业局,990101-nobody")
    [told] = judge(tiny)
    assert (told.rule, told.line, told.field) == ("broken-reference", 3, "org_id")


def test_a_release_with_the_version_and_the_number_of_another_is_one_message_at_its_row(tiny: Path, edit) -> None:
    edit("registry/releases.csv", "1.0.0,1,2025-03-01", "1.0.0,1,2025-03-01,readers,一。,One.\n1.0.0,2,2025-03-01")
    edit("registry/releases.csv", "1.0.0,1,2025-03-01", "0.9.0,1,2025-03-01")
    [told] = judge(tiny)
    assert (told.rule, told.line, told.field) == ("release-order", 2, "version")


def test_a_unit_of_measure_put_for_another_everywhere_is_told_where_it_is_used(tiny: Path) -> None:
    rewrite(tiny / PLAN / TARGETS, replaced("unit", "家", "所"))
    rewrite(tiny / PLAN / TARGETS, replaced("unit", "%", "％"))
    assert {(each.rule, each.file) for each in judge(tiny)} == {("unknown-unit", f"{PLAN}/{TARGETS}")}


def test_an_english_name_in_chinese_is_one_message_where_an_alias_is_the_same(tiny: Path, edit) -> None:
    edit("registry/regions.csv", "Example County", "例子县")
    assert [each.rule for each in judge(tiny)] == ["wrong-language"]


def test_what_a_note_explained_follows_from_its_quote_of_another_clause(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/notes.csv", "990101-tiny-2023-c010,50　80", "990101-tiny-2023-c009,50　80")
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("quote-not-in-clause", "other_clause_id")
    assert told.follows == (f"{PLAN}/{TARGETS}:14:12",)


def test_a_term_that_nothing_is_called_any_more_follows_from_the_words_put_for_it(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", ",居民收入增长,", ",住民所得増長,")
    [told] = judge(tiny)
    assert (told.rule, told.follows) == ("words-not-in-clause", ("datapackages/registry/terms.csv:3:1",))


def test_a_start_that_does_not_suit_an_end_comes_behind_what_is_wrong_with_the_end() -> None:
    start = problem("period-start-differs", f"{PLAN}/{TARGETS}", 2, period="2025", printed="2023/2027")
    end = problem("period-not-in-source", f"{PLAN}/{TARGETS}", 2, period="2027", printed="2025")
    assert ranks.rank(end) < ranks.rank(start)


def test_a_term_that_is_said_no_more_follows_from_the_indicator_that_is_empty(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", ",居民收入增长,", ",,")
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("required", "indicator")


def test_a_wrong_year_in_a_title_is_told_at_the_title(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/datapackage.json", '方案(2023—2025年)"', '方案(2023—2026年)"')
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("title-not-in-source", "title_zh") and told.follows


def test_where_the_name_of_a_region_is_wrong_its_sources_are_not_of_another(tiny: Path) -> None:
    graph = Graph(link(read_project(Paths.of(tiny))[0]))
    facts = {"id": "o0001", "region": "例县", "source": "s001", "named": "例省", "title": ""}
    follows = problem("source-elsewhere", "datapackages/observations/observations.csv", 2, **facts)
    named = problem("name-unused", "datapackages/registry/regions.csv", 3, value="侧县", where=PLAN)
    parent = problem("region-parent-differs", "datapackages/registry/regions.csv", 3, region="1", parent="2", meant="3")
    tags = set(may_follow(follows, graph.ties(follows), graph))
    assert all(tags & set(brings(cause, graph)) for cause in (named, parent))


def test_which_way_is_better_follows_from_the_sign_that_tells_it(tiny: Path, edit) -> None:
    edit(
        "plans/990101-tiny-2023/targets.csv",
        "村级集体经济总收入,village-income,,,,level,gt",
        "村级集体经济总收入,village-income,,,,level,lt",
    )
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("comparator-differs", "comparator")


def test_a_table_read_as_another_encoding_is_one_message(tiny: Path) -> None:
    path = tiny / "datapackages/registry/concepts.csv"
    path.write_text(path.read_bytes().decode("latin-1"), encoding="utf-8")
    assert {each.rule for each in judge(tiny)} == {"garbled"}


def test_codes_of_regions_that_a_program_read_as_numbers_are_told_where_they_stand(tiny: Path) -> None:
    path = tiny / "datapackages/observations/observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",990101,", ",990101.0,"), encoding="utf-8")
    [told] = judge(tiny)
    assert (told.rule, told.line, told.field) == ("unknown-region", 2, "region_code")
    assert "这里应写成“990101”" in told.hint_zh


def test_an_update_copied_with_its_target_is_told_at_the_target(tiny: Path) -> None:
    path = tiny / PLAN / "updates.csv"
    text = path.read_text(encoding="utf-8")
    copied = (
        text.splitlines()[2].replace("u002", "u003").replace("2,名,全年新增农创客2名", "58,%,污水治理覆盖率达到58%")
    )
    path.write_text(f"{text}{copied}\n", encoding="utf-8")
    assert [(each.rule, each.line, each.field) for each in judge(tiny)] == [("update-of-another", 4, "target_id")]


def test_names_and_themes_of_concepts_whose_ids_slid_follow_from_the_ids(tiny: Path, edit) -> None:
    edit("registry/concepts.csv", "village-coverage,和美", "income-ratio,和美")
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("duplicate-key", "concept_id")


def test_a_year_of_a_note_follows_from_the_period_of_the_plan(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/notes.csv", "附件没有第2行。", "附件没有第2行，计划到2025年。")
    assert judge(tiny) == []
    edit("plans/990101-tiny-2023/datapackage.json", '"effective_end": "2025-12-31"', '"effective_end": "2024-12-31"')
    [told] = judge(tiny)
    assert told.rule == "effective-differs" and f"{PLAN}/notes.csv:3:7" in told.follows


def test_who_leads_beside_a_unit_that_has_no_row_follows_from_that_unit(tiny: Path) -> None:
    folder = tiny / "datapackages/plans/990000-wide-2025"
    _say(folder, "2.管护村庄。(省水利厅牵头,省林业局)", number="2", parent="c001")
    key = (folder / "clauses.csv").read_text(encoding="utf-8").splitlines()[-1].partition(",")[0]
    for name, row in (
        ("tasks.csv", f"990000-wide-2025-k001,,{key},2,管护村庄,villages,,"),
        ("responsibilities.csv", "990000-wide-2025-k001,990000-forestry,co,1,省林业局"),
    ):
        path = folder / name
        path.write_text(f"{path.read_text(encoding='utf-8')}{row}\n", encoding="utf-8")
    [problem] = [each for each in judge(tiny) if each.rule in ("unit-not-accounted", "role-differs")]
    assert problem.rule == "unit-not-accounted" and problem.follows


def test_the_name_of_another_unit_is_one_message_beside_the_list_that_lacks_its_own(tiny: Path, edit) -> None:
    edit("registry/organization_names.csv", "各镇,990101-towns", "各镇,990101-towns\n990101,各乡镇,990101-towns")
    edit("plans/990101-tiny-2023/responsibilities.csv", "co,2,各镇", "co,2,各乡镇")
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("name-not-in-source", "name_in_source")


def test_a_unit_given_to_a_task_elsewhere_is_one_message_at_its_row(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/responsibilities.csv", "-k002,990101-towns,co,2", "-k003,990101-towns,co,2")
    [told] = judge(tiny)
    assert (told.rule, told.line, told.field) == ("name-not-in-source", 6, "task_id")
    assert "任务 990101-tiny-2023-k002 的名单里有它" in told.hint_zh


def test_a_conflict_that_is_noted_as_another_kind_is_told_at_the_note(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/notes.csv", "n001,conflict,", "n001,numbering,")
    [told] = judge(tiny)
    assert (told.rule, told.follows) == ("note-kind-differs", (f"{PLAN}/{TARGETS}:14:12",))


def test_a_reason_without_its_rule_is_told_and_not_what_it_was_to_set_aside(tiny: Path, edit) -> None:
    edit(f"plans/990101-tiny-2023/{TARGETS}", ",和美乡村覆盖率达到90%以上,,", ",和美乡村覆盖率达到90%以上,,此处是门槛")
    edit(f"plans/990101-tiny-2023/{TARGETS}", ",share,ge,90,", ",share,eq,90,")
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("accepted-unexplained", "accepted")


def test_a_fraction_for_a_percentage_is_told_and_not_the_rest_of_its_series(tiny: Path) -> None:
    path, row = (
        tiny / "datapackages/observations/observations.csv",
        "o{},990000,village-coverage,,{},year,eq,{},%,,,,s001,末段,\n",
    )
    figures = enumerate(("62.3", "65.2", "0.668"))
    path.write_text(path.read_text() + "".join(row.format(f"{11 + at:04}", 2021 + at, each) for at, each in figures))
    [told] = judge(tiny)
    assert (told.rule, told.line, told.follows) == ("fraction-for-percent", 14, ())


def test_a_spelling_is_right_where_rows_have_a_unit_that_is_called_otherwise(tiny: Path, edit) -> None:
    edit("registry/organization_names.csv", "990101,县农业局,", "990101,县农办,990101-agriculture\n990101,县农业局,")
    for old in ("990101-agriculture,listed,1,县农业局", "990101-agriculture,lead,1,县农业局"):
        edit(
            "plans/990101-tiny-2023/responsibilities.csv",
            old,
            old.replace("agriculture", "towns").replace("业局", "办"),
        )
    told = {each.rule for each in judge(tiny)}
    assert "organization-differs" in told and "name-elsewhere" not in told


def test_a_theme_whose_id_was_changed_is_told_at_its_row(tiny: Path, edit) -> None:
    edit("registry/themes.csv", "villages,村庄", "rural,村庄")
    told = judge(tiny)[0]
    assert (told.file, told.line, told.field) == ("datapackages/registry/themes.csv", 3, "theme_id")
    assert "改回 villages" in told.hint_zh


def test_the_quote_of_another_row_is_told_at_the_quote(tiny: Path, edit) -> None:
    edit(f"plans/990101-tiny-2023/{TARGETS}", ",和美乡村覆盖率达到90%以上,,", ",污水治理覆盖率、达标率均达98%,,")
    told = judge(tiny)[0]
    assert (told.rule, told.field) == ("value-not-in-quote", "quote") and "990101-tiny-2023-t005 的" in told.hint_zh


def test_an_alias_that_is_now_a_units_name_follows_from_the_name(tiny: Path, edit) -> None:
    edit("registry/organizations.csv", "990101,县农业局,", "990101,农业,")
    assert [each.rule for each in judge(tiny)] == ["name-unused"]


def test_names_of_two_units_in_each_others_rows_are_one_message(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/responsibilities.csv", "listed,1,县农业局", "listed,1,县住建局")
    edit("plans/990101-tiny-2023/responsibilities.csv", "listed,2,县住建局", "listed,2,县农业局")
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("exchanged", "name_in_source")


def test_what_is_set_aside_beside_a_cell_of_the_wrong_form_is_not_needless(tiny: Path) -> None:
    """The rule holds rows against each other, and one of them can't be read."""
    aside = {"accepted": "restatement-unlinked: 两行说的不是一件事"}
    rewrite(tiny / PLAN / TARGETS, lambda rows: [rows[0], {**rows[1], **aside}, {**rows[2], "value": "≥1"}, *rows[3:]])
    assert [(each.rule, each.line) for each in judge(tiny)] == [("wrong-type", 4)]
    rewrite(tiny / PLAN / TARGETS, lambda rows: [*rows[:2], {**rows[2], "value": ""}, *rows[3:]])
    assert "accepted-needless" in {each.rule for each in judge(tiny)}


def test_a_filtered_copy_that_was_saved_is_one_message(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated, "MANY", 3)
    rewrite(tiny / PLAN / TARGETS, lambda rows: [row for row in rows if row["unit"] == "%"])
    rewrite(
        tiny / PLAN / "updates.csv", lambda rows: [{**row, "target_id": "", "value": "", "unit": ""} for row in rows]
    )
    told = [each for each in judge(tiny) if each.file.startswith(PLAN)]
    assert [(each.rule, each.file) for each in told] == [("id-missing", f"{PLAN}/targets.csv")]


def test_a_theme_that_is_gone_leaves_no_other_gap(tiny: Path) -> None:
    themes = tiny / "datapackages/registry/themes.csv"
    rewrite(themes, lambda rows: [*rows, {"theme_id": "last", "name_zh": "末尾", "name_en": "Last", "order": "3"}])
    assert judge(tiny) == []
    rewrite(themes, lambda rows: [row for row in rows if row["theme_id"] != "villages"])
    assert {each.rule for each in judge(tiny)} == {"unknown-theme"}


def test_a_wrong_factor_is_told_and_nothing_that_is_reckoned_with_it(tiny: Path, edit) -> None:
    edit("registry/units.csv", "亿元,100 million yuan,money,元,100000000", "亿元,100 million yuan,money,元,10000000")
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("unit-factor", "factor") and "这里应为 100000000" in told.hint_zh


def test_a_copy_of_a_plan_beside_it_is_told_so(tiny: Path) -> None:
    shutil.copytree(tiny / PLAN, tiny / f"{PLAN} - 副本")
    [told] = [each for each in judge(tiny) if each.rule == "folder-differs"]
    assert "990101-tiny-2023 这个文件夹也在" in told.hint_zh


def test_a_document_under_another_name_is_one_message(tiny: Path) -> None:
    (tiny / PLAN / "source.txt").rename(tiny / PLAN / "原文.txt")
    [told] = judge(tiny)
    assert told.rule == "renamed-file" and told.facts["meant"] == "source.txt"


def test_of_a_folder_with_a_document_alone_the_descriptor_is_what_is_missing(tiny: Path) -> None:
    folder = tiny / "datapackages/plans/990101-other-2024"
    folder.mkdir()
    (folder / "source.txt").write_text("例县方案\n", encoding="utf-8")
    [told] = judge(tiny)
    assert told.rule == "missing-descriptor" and len(told.follows) == 11 and "build.py new" in told.hint_zh


def test_a_quote_and_a_note_in_each_others_place_are_told(tiny: Path) -> None:
    exchanged_cells = {"quote": "以经济增长为参照，同步", "note": "居民收入增长与经济增长基本同步"}
    rewrite(tiny / PLAN / TARGETS, lambda rows: [rows[0], {**rows[1], **exchanged_cells}, *rows[2:]])
    told = next(each for each in judge(tiny) if each.rule == "quote-not-in-clause")
    assert "note 一格里的才在条款里" in told.hint_zh


def test_a_day_of_the_wrong_form_dates_no_source(tiny: Path, edit) -> None:
    edit(
        "observations/sources.csv", "https://tj.example.gov.cn/2023,2024-03-01", "https://tj.example.gov.cn/2023,45352"
    )
    assert [(each.rule, each.field) for each in judge(tiny)] == [("wrong-type", "published")]


def test_a_unit_whose_id_was_changed_is_told_at_its_row(tiny: Path, edit) -> None:
    edit("registry/organizations.csv", "990101-building,990101", "990101-construction,990101")
    [told] = judge(tiny)
    assert (told.file.rpartition("/")[2], told.line, told.field) == ("organizations.csv", 3, "org_id")
    assert "改回 990101-building" in told.hint_zh


def test_a_cell_of_figures_filled_down_is_one_message(tiny: Path) -> None:
    rewrite(tiny / "datapackages/observations/observations.csv", lambda rows: [
        {**row, "unit": "亿元"} if row["observation_id"] in ("o0009", "o0010") else row for row in rows
    ])  # fmt: skip
    [told] = judge(tiny)
    assert (told.line, told.field) == (10, "unit") and "拖了下来" in told.hint_zh


def test_figures_whose_sources_slid_are_one_message(tiny: Path, edit) -> None:
    lines = [f"o00{11 + n},990101,farms-total,,202{n},year,eq,{n + 3},个,,,,s00{4 + (n + 1) % 4},," for n in range(4)]
    titles = [f"s00{4 + n},official,202{n}年例县统计公报,例县统计局,https://tj.example.gov.cn/a{n}," for n in range(4)]
    for name, more in (("observations", lines), ("sources", titles)):
        path = tiny / f"datapackages/observations/{name}.csv"
        path.write_text(path.read_text(encoding="utf-8") + "\n".join(more) + "\n", encoding="utf-8")
    told = judge(tiny)
    assert [(each.rule, each.line) for each in told] == [("source-year-differs", 15)]


def test_days_of_sources_that_were_sorted_are_one_message(tiny: Path) -> None:
    path = tiny / "datapackages/observations/sources.csv"
    days = ("2024-05-01", "2023-02-01", "2022-01-01")
    rows = [f"s00{4 + n},media,消息{n},例县日报,https://example.org/{day}/{n},2021-01-01" for n, day in enumerate(days)]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    figures = tiny / "datapackages/observations/observations.csv"
    more = [f"o00{11 + n},990101,farms-total,,202{n},year,eq,{n + 3},个,,,,s00{4 + n},表一," for n in range(3)]
    figures.write_text(figures.read_text(encoding="utf-8") + "\n".join(more) + "\n", encoding="utf-8")
    [told] = judge(tiny)
    assert (told.rule, told.field) == ("published-before-address", "published")


def test_targets_are_of_two_themes_because_the_theme_of_a_task_is_wrong(tiny: Path) -> None:
    of_task = problem(
        "theme-differs", f"{PLAN}/{TASKS}", 4, 6, "theme_id",
        words="和美乡村覆盖率", theme="goals", theme_zh="总体目标", meant="villages", meant_zh="村庄", second="",
    )  # fmt: skip
    ids = {"id": "990101-tiny-2023-t004", "other": "990101-tiny-2023-t013"}
    apart = problem("themes-apart", f"{PLAN}/{TARGETS}", 5, 8, "theme_id", **ids, theme="villages", meant="goals")
    told = causes.gathered([apart, of_task], link(read_project(Paths.of(tiny))[0]))
    assert [(each.rule, each.follows) for each in told] == [("theme-differs", (apart.address,))]
