"""Every rule has a broken fixture for each of its branches that triggers it and only it, and every message is whole."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from openplans import rules as checks
from openplans.packages.link import link
from openplans.packages.read import Row, read_project
from openplans.packages.write import records_text
from openplans.paths import HOUSE, Paths
from openplans.problems import Problem, rules
from openplans.rules import ahead, conformance, history
from openplans.rules import validate as validating
from openplans.rules.causes import gathered, unsaid
from openplans.rules.hits import Hit
from openplans.rules.validate import validate
from openplans.schema import contract
from tests.breaking import BROKEN, SOUND, broken, cases, in_words
from tests.conftest import TINY, judge

PLAN = "datapackages/plans/990101-tiny-2023"


def since_tiny(root: Path) -> list[Problem]:
    """What is wrong with the way from the tiny project to this one, as if it had been released."""
    return history.problems(read_project(Paths.of(TINY))[0], read_project(Paths.of(root))[0], released=True)


def test_the_tiny_project_has_no_problem(tiny: Path) -> None:
    assert judge(tiny) == []
    assert since_tiny(tiny) == []


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_what_is_judged_ahead_in_other_processes_is_what_one_process_says(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "FEW", 1)
    broken(tiny, "reason-hides-promise/a-promise")
    alike = Paths.of(shutil.copytree(tiny, tmp_path / "alike"))
    said = judge(tiny)
    world = link(read_project(alike)[0])
    validating.judge_ahead(world, processes=2)
    names = {f"{each.folder.name}.content.json" for each in world.project.plans}
    assert names <= {each.name for each in (alike.build / "cache/judgements").glob("*.content.json")}
    assert [each.plain() for each in validating.validate(world, [], 2)] == [each.plain() for each in said] != []


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_what_another_process_cannot_judge_is_left_to_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ahead, "FEW", 1)
    ahead.ahead(lambda number: (tmp_path / str(1 // number)).touch(), [0, 1, 0], processes=2)
    assert [each.name for each in tmp_path.iterdir()] == ["1"] and capfd.readouterr().err == ""


def test_every_rule_has_a_fixture() -> None:
    assert sorted(each.name for each in BROKEN.iterdir()) == sorted(rules())


def test_a_plan_is_judged_without_a_look_at_others_but_for_what_its_verdict_is_kept_by(tiny: Path) -> None:
    project = read_project(Paths.of(tiny))[0]
    world, plans = link(project), project.plans

    def hits() -> list[Hit]:
        return [hit for plan in plans for check in checks.PLAN_CHECKS.values() for hit in check(world, plan)]

    seen = [each(world, plan) for plan in plans for each in checks.SEEN_OF_OTHERS]
    project.plans = project.observations = None  # type: ignore[assignment]  # who looks at them now fails
    alone = hits()
    project.plans = plans
    assert any(seen) and alone == hits()


def test_a_kept_verdict_follows_the_plan_the_registry_and_what_other_plans_do_alike(tiny: Path, edit) -> None:
    twin = Path(shutil.copytree(tiny / PLAN, tiny / "datapackages/plans/990101-twin-2023"))
    assert {each.file.split("/")[2] for each in judge(tiny)} == {twin.name}
    for file in (
        f"plans/{PLAN.rpartition('/')[2]}/clauses.csv",
        "registry/concepts.csv",
        f"plans/{twin.name}/references.csv",
    ):
        path = tiny / "datapackages" / file
        path.write_text(
            path.read_text(encoding="utf-8").replace("ordinal", "other").replace("村", "乡"), encoding="utf-8"
        )
        kept = judge(tiny)
        shutil.rmtree(tiny / "build")
        assert kept == judge(tiny)


@pytest.mark.parametrize("case", [each for each in cases() if each.split("/")[0] in checks.REGISTRY_CHECKS])
def test_the_registry_is_judged_alike_with_and_without_plans(case: str, tiny: Path) -> None:
    broken(tiny, case)
    world = link(read_project(Paths.of(tiny))[0])
    alone = replace(world, project=replace(world.project, plans=[]))
    check = checks.PROJECT_CHECKS[case.split("/")[0]]
    assert list(check(alone)) == list(check(world))


def test_every_check_has_words() -> None:
    tables = [table for name, table in vars(checks).items() if name.endswith("_CHECKS")]
    assert {code for table in tables for code in table} <= set(rules())
    assert set(rules()) >= checks.NEVER_ACCEPTED


@pytest.mark.parametrize("case", cases())
def test_a_broken_fixture_breaks_its_rule_only(case: str, tiny: Path, request: pytest.FixtureRequest) -> None:
    broken(tiny, case)
    code = case.split("/")[0]
    problems = since_tiny(tiny) if code in checks.BASE_CHECKS else judge(tiny)
    if code in checks.BASE_CHECKS and code != "version-not-raised":
        problems = [each for each in problems if each.rule != "version-not-raised"]
    assert {each.rule for each in problems} == {code}
    for each in problems:
        gone = ("missing-file", "missing-descriptor", "no-plans")
        assert (tiny / each.file).exists() or (tiny / each.file).is_symlink() or code in gone
        assert not re.search(r"\{[a-z_]+\}", each.zh + each.en + each.hint_zh + each.hint_en)
        assert re.search("[一-鿿]", each.zh) and re.search("[一-鿿]", each.hint_zh) and each.en and each.hint_en
    said = BROKEN / case / "said.txt"
    if request.config.getoption("--update-golden"):
        said.write_text(in_words(problems), encoding="utf-8")
    assert said.read_text(encoding="utf-8") == in_words(problems), "see --update-golden"


@pytest.mark.parametrize("case", cases(SOUND))
def test_what_comes_near_a_rule_is_sound(case: str, tiny: Path) -> None:
    broken(tiny, case, SOUND)
    assert case.partition("/")[0] in rules() and in_words(judge(tiny)) == in_words([])


def addresses(problems: list[Problem]) -> list[tuple[str, str]]:
    """Where each problem is, below the packages, and its rule."""
    return [(each.address.removeprefix("datapackages/"), each.rule) for each in problems]


def test_a_deleted_unit_is_one_message_that_names_the_registry(tiny: Path, edit) -> None:
    edit("registry/units.csv", "%,percent,share,%,1\n", "")
    [problem] = judge(tiny)
    assert (problem.address, problem.rule) == ("datapackages/registry/units.csv:0:0", "unknown-unit")
    assert len(problem.follows) > 5 and "恢复" in problem.hint_zh


def test_a_deleted_region_is_one_message(tiny: Path, edit) -> None:
    edit("registry/regions.csv", "990101,例县,Example County,county,990000\n", "")
    assert addresses(judge(tiny)) == [("registry/regions.csv:0:0", "unknown-region")]


def test_a_deleted_organization_is_one_message(tiny: Path, edit) -> None:
    edit("registry/organizations.csv", "990101-agriculture,990101,县农业局,Agriculture Bureau,government\n", "")
    assert addresses(judge(tiny)) == [("registry/organizations.csv:0:0", "unknown-organization")]


def test_a_duplicate_clause_id_takes_with_it_what_leads_to_the_lost_one(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/clauses.csv", "-c010,", "-c009,")
    [problem] = judge(tiny)
    assert (problem.rule, problem.line, problem.column, problem.facts["first"]) == ("duplicate-key", 11, 1, 10)
    assert {address.split("/")[-1] for address in problem.follows} >= {"tasks.csv:4:3", "targets.csv:13:2"}


def test_a_deleted_clause_is_told_where_its_text_is_missing(tiny: Path, edit) -> None:
    row = (
        "990101-tiny-2023-c010,990101-tiny-2023-c007,10,table_row,3,3　和美乡村覆盖率(%)　50　80　县住房和城乡建设局\n"
    )
    edit("plans/990101-tiny-2023/clauses.csv", row, "")
    assert addresses(judge(tiny)) == [("plans/990101-tiny-2023/clauses.csv:11:6", "text-not-verbatim")]


def test_a_changed_clause_takes_its_quotes_with_it(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/clauses.csv", "到2025年和美乡村覆盖率", "到2025年和美农村覆盖率")
    [problem] = judge(tiny)
    assert problem.rule == "text-not-verbatim" and f"{PLAN}/targets.csv:5:19" in problem.follows


def test_a_cell_of_the_wrong_form_has_one_message_of_its_form(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "gt,50000", 'gt,"50,000"')
    [problem] = judge(tiny)
    assert (problem.rule, problem.follows) == ("wrong-type", ()) and "应写成“50000”" in problem.hint_zh


def test_a_column_that_a_program_changed_is_one_message(tiny: Path) -> None:
    path = tiny / PLAN / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("by,,2025,", "by,,2025年,"), encoding="utf-8")
    [problem] = judge(tiny)
    assert (problem.rule, problem.line, len(problem.follows)) == ("wrong-form", 2, 7)


LISTS = [
    (table, name)
    for table, resource in contract.tables("plan").items()
    for name, field in contract.fields(resource).items()
    if "enum" in field.get("constraints", {}) and table not in ("updates", "baselines")
]


@pytest.mark.parametrize(("table", "column"), LISTS)
def test_a_word_that_is_no_code_is_one_message_at_its_cell(table: str, column: str, tiny: Path) -> None:
    path = tiny / PLAN / f"{table}.csv"
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    rows[0][header.index(column)] = "甲乙"
    path.write_text(records_text([header, *rows]), encoding="utf-8")
    first = judge(tiny)[0]
    assert (first.rule, first.field, first.line, "甲乙" in first.zh) == ("not-in-list", column, 2, True)


def test_a_row_that_is_no_data_is_one_message(tiny: Path) -> None:
    path = tiny / PLAN / "responsibilities.csv"
    path.write_text(path.read_text(encoding="utf-8") + "合计,,,9,\n", encoding="utf-8")
    [problem] = judge(tiny)
    assert problem.line == path.read_text(encoding="utf-8").count("\n") and "删去整行" in problem.hint_zh


def test_a_column_sorted_by_itself_is_one_message(tmp_path: Path) -> None:
    plan = tmp_path / "datapackages" / "plans" / "330326-pingyang-2025"
    for each in ("registry", "observations", f"plans/{plan.name}"):
        shutil.copytree(HOUSE / "datapackages" / each, tmp_path / "datapackages" / each)
    header, *rows = csv.reader(io.StringIO((plan / "targets.csv").read_text(encoding="utf-8")))
    at = header.index("quote")
    for row, quote in zip(rows, sorted(row[at] for row in rows), strict=True):
        row[at] = quote
    (plan / "targets.csv").write_text(records_text([header, *rows]), encoding="utf-8")
    [problem] = [each for each in judge(tmp_path) if each.file.endswith("targets.csv")]
    assert (problem.rule, problem.field) == ("quote-not-in-clause", "quote") and "恢复整列" in problem.hint_zh


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("990101-tiny-2023-t005,", "990101-tiny-2023-t004,"),  # an id given twice: the other is gone
        ("990101-tiny-2023-t005,", "990101-tiny-2023-t905,"),  # an id changed
        ("-t005,990101-tiny-2023-c005", "-t005,990101-tiny-2023-c003"),  # a row about another clause
    ],
)
def test_the_way_from_the_base_says_nothing_twice(old: str, new: str, tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", old, new)
    since = [each for each in since_tiny(tiny) if each.rule != "version-not-raised"]
    assert since and unsaid(since, judge(tiny)) == []


def test_a_folder_that_was_renamed_is_one_message(tiny: Path) -> None:
    (tiny / PLAN).rename(tiny / PLAN.replace("2023", "2024"))
    problems = judge(tiny)
    assert [each.rule for each in problems] == ["folder-differs"] and unsaid(since_tiny(tiny), problems) == []


def test_a_plan_that_lies_beside_the_plans_is_one_message_that_says_where_it_belongs(tiny: Path) -> None:
    (tiny / PLAN).rename(tiny / "datapackages/990101-tiny-2023")
    problems = judge(tiny)
    first = next(each for each in problems if each.rule == "stray-file")
    assert {"alias-leads-nowhere", "term-unsaid", "unknown-target"}.isdisjoint(each.rule for each in problems)
    assert "移到 datapackages/plans/" in first.hint_zh
    assert "plan-removed" not in [each.rule for each in unsaid(since_tiny(tiny), problems)]


def test_the_second_plan_of_a_year_that_lies_there_is_told_like_the_first(tiny: Path) -> None:
    (tiny / PLAN).rename(tiny / "datapackages/990101-tiny-2023-rural")
    rules = {each.rule for each in judge(tiny)}
    assert "stray-file" in rules and {"alias-leads-nowhere", "term-unsaid"}.isdisjoint(rules)


def test_the_table_of_another_plan_is_told_as_such(tmp_path: Path) -> None:
    shutil.copytree(HOUSE / "datapackages", tmp_path / "datapackages")
    plans = tmp_path / "datapackages/plans"
    shutil.copy(plans / "330182-jiande-2023/projects.csv", plans / "330305-dongtou-2023/projects.csv")
    [problem] = [each for each in judge(tmp_path) if each.rule == "foreign-id"]
    assert "恢复本计划自己的表" in problem.hint_zh and problem.line == 2


def test_a_source_whose_only_figure_names_another_is_one_message(tiny: Path) -> None:
    folder = tiny / "datapackages/observations"
    with (folder / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("s900,official,例县统计公报,例县统计局,https://www.example.gov.cn/9.html,2024-03-20\n")
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("o0900,990101,farms-total,,2023,year,eq,3,个,,,,s999,,\n")
    assert addresses(judge(tiny))[0][1] == "broken-reference"
    assert "source-unused" not in [rule for _, rule in addresses(judge(tiny))]


def test_a_retired_id_that_is_taken_again_comes_before_the_place_of_its_row(tiny: Path) -> None:
    (tiny / PLAN / "retired.csv").write_text(
        "id,date,reason,successor\n990101-tiny-2023-t014,2023-06-01,重复,\n", encoding="utf-8"
    )
    with (tiny / PLAN / "targets.csv").open("a", encoding="utf-8") as file:
        file.write(
            "990101-tiny-2023-t014,990101-tiny-2023-c005,990101-tiny-2023-k001,,新增农庄,,,,,count,eq,2,,家,annual,2023,2025,,每年新增两家农庄,又一次,\n"
        )
    assert addresses(judge(tiny))[0][1] == "retired-id-taken"


def test_a_measure_that_the_words_rule_out_is_told_at_the_measure(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "village-coverage,,,,share,ge,90", "village-coverage,,,,growth,ge,90")
    assert [rule for _, rule in addresses(judge(tiny))][:1] == ["measure-differs"]


def test_a_key_that_merged_cells_left_empty_is_one_message(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "t003,990101-tiny-2023-c003,", "t003,,")
    [problem] = judge(tiny)
    assert (problem.rule, problem.field, problem.line) == ("required", "clause_id", 4)


def test_keys_that_merged_cells_left_empty_are_not_said_to_stand_twice(tiny: Path, edit) -> None:
    for task, unit in (("k001", "990101-agriculture"), ("k001", "990101-building"), ("k002", "990101-agriculture")):
        edit("plans/990101-tiny-2023/responsibilities.csv", f"990101-tiny-2023-{task},{unit},", f",{unit},")
    assert {each.rule for each in judge(tiny)} == {"required"}


def test_two_mistakes_are_two_messages(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "gt,50000", "gt,50001")
    edit("plans/990101-tiny-2023/projects.csv", "2024年开工建设例河大桥", "2024年建设例河大桥")
    assert [rule for _, rule in addresses(judge(tiny))] == ["quote-not-in-clause", "value-not-in-quote"]


def test_another_unit_is_told_at_the_unit(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "gt,50000,,万元", "gt,50000,,亿元")
    assert addresses(judge(tiny)) == [("plans/990101-tiny-2023/targets.csv:4:14", "unit-differs")]


def test_a_quote_of_another_clause_is_told_at_the_clause(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "-t005,990101-tiny-2023-c005", "-t005,990101-tiny-2023-c003")
    [problem] = [each for each in judge(tiny) if each.rule == "quote-not-in-clause"]
    assert (problem.field, problem.column) == ("clause_id", 2) and "990101-tiny-2023-c005" in problem.hint_zh


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("responsibilities.csv", "2,县住建局", "2,县住健局", "县住建局"),
        ("responsibilities.csv", "990101-building,listed", "990101-bulding,listed", "990101-building"),
        ("targets.csv", "le,1.6,,比值", "le,1.6,,比 值", "比值"),
        ("targets.csv", ",income-ratio,", ",城乡居民收入比,", "income-ratio"),
        (
            "targets.csv",
            "-t005,990101-tiny-2023-c005,990101-tiny-2023-k001",
            "-t005,990101-tiny-2023-c005,990101-tiny-2023-k01",
            "990101-tiny-2023-k001",
        ),
    ],
)
def test_the_nearest_registered_name_is_offered(tiny: Path, edit, file: str, old: str, new: str, said: str) -> None:
    edit(f"plans/990101-tiny-2023/{file}", old, new)
    assert any(said in each.hint_zh and said in each.hint_en for each in judge(tiny))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("plans/990101-tiny-2023/responsibilities.csv", "lead,1,县农业局", "lead,0,县农业局", "这一列的数从 1 起"),
        ("registry/regions.csv", "990101,例县,", "990101,例,", "它的全称是“例县”"),
        ("registry/units.csv", "money,元,10000\n", "money,元,1万\n", "多半是 10000"),
    ],
)
def test_what_a_cell_should_hold_is_told(tiny: Path, edit, file: str, old: str, new: str, said: str) -> None:
    edit(file, old, new)
    [told] = [each for each in judge(tiny) if each.rule in ("wrong-form", "region-name-short", "wrong-type")]
    assert said in told.hint_zh


def test_two_texts_that_look_equal_say_which_character_differs(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", ",2025年突破50000万元", ",2025年突破５0000万元")
    [problem] = judge(tiny)
    assert "第 8 个字不同：这里是“５”（U+FF15），那里是“5”（U+0035）" in problem.hint_zh


def test_allowed_words_are_told_in_chinese_beside_their_codes(tiny: Path) -> None:
    broken(tiny, "not-in-list/status")
    [problem] = judge(tiny)
    assert "done（完成）、late（逾期）" in problem.hint_zh and "应写成“in_progress”" in problem.hint_zh


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        # a cell that has what another of its row should have
        (
            "observations/sources.csv",
            "例县新闻,例县日报,https://example.org/news",
            "https://example.org/news,例县日报,例县新闻",
            "title 一格里的才合乎这一列",
        ),
        ("observations/sources.csv", "s002,media,例县新闻", "s002,例县新闻,media", "title 一格里的才合乎这一列"),
        (
            "registry/aliases.csv",
            "concept,income-ratio,收入差距",
            "concept,收入差距,income-ratio",
            "id 和 alias 两格填反了",
        ),
        ("plans/990101-tiny-2023/tasks.csv", "1,美化村庄,villages,,", "1,villages,,,", "写在了左边一格（title）"),
        # an id of something else
        (
            "plans/990101-tiny-2023/updates.csv",
            ",990101-tiny-2023-p001,2024",
            ",990101-tiny-2023-t001,2024",
            "这是 targets.csv 的编号",
        ),
        (
            "plans/990101-tiny-2023/updates.csv",
            ",990101-tiny-2023-t009,,",
            ",990000-wide-2025-t001,,",
            "这是 990000-wide-2025 的编号",
        ),
        (
            "plans/990101-tiny-2023/updates.csv",
            "990101-tiny-2023-u002,",
            "990101-tiny-2023-u2,",
            "下一个编号是 990101-tiny-2023-u002。",
        ),
        ("plans/990101-tiny-2023/updates.csv", "2,名,全年新增农创客2名", "2,名,一切顺利", "抄上写着这个数的那一句"),
    ],
)
def test_where_a_cell_belongs_is_told(tiny: Path, edit, file: str, old: str, new: str, said: str) -> None:
    edit(file, old, new)
    first = judge(tiny)[0]
    assert said in first.hint_zh and first.file.endswith(file)


@pytest.mark.parametrize(
    "case", ["not-json/comma", "not-json/deep", "not-csv/open-quote", "bad-descriptor/missing", "wrong-form/year"]
)
def test_the_chinese_line_has_no_english_sentence(case: str, tiny: Path) -> None:
    broken(tiny, case)
    assert not any(re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", each.zh + each.hint_zh) for each in judge(tiny))


def test_a_problem_carries_its_facts(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/updates.csv", "in_progress", "逾期")
    [problem] = judge(tiny)
    assert problem.facts["value"] == "逾期"
    with pytest.raises(TypeError):
        problem.facts["value"] = "late"  # type: ignore[index]
    assert Problem.of(problem.plain()) == problem


def test_a_row_sets_no_rule_aside_without_which_nothing_can_be_built(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/targets.csv", "gt,50000,,万元", "gt,50000,,万圆")
    edit("plans/990101-tiny-2023/targets.csv", "2025年突破50000万元,,", "2025年突破50000万元,,unknown-unit: 文件这样写")
    assert "unknown-unit" in {each.rule for each in judge(tiny)}


def test_a_verdict_is_kept_for_the_same_package_only(tiny: Path, edit) -> None:
    assert judge(tiny) == [] and judge(tiny) == []
    edit("registry/themes.csv", "villages,村庄,Villages,2", "villages,村庄,Villages,two")
    assert [each.rule for each in judge(tiny)] == ["wrong-type"]
    (tiny / "build/cache/judgements/registry.json").write_text("{", encoding="utf-8")
    assert [each.rule for each in judge(tiny)] == ["wrong-type"]


def test_a_table_is_judged_anew_where_it_or_what_its_keys_lead_to_changed(
    tiny: Path, edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[str] = []
    tables = conformance._of_tables
    monkeypatch.setattr(conformance, "_of_tables", lambda plan, names: judged.extend(names) or tables(plan, names))
    judge(tiny)
    judged.clear()
    edit("plans/990101-tiny-2023/notes.csv", "The annex has no row 2.", "The annex lacks row 2.")
    assert judge(tiny) == [] and judged == ["notes"]
    judged.clear()
    edit("plans/990101-tiny-2023/projects.csv", "990101-tiny-2023-p001", "990101-tiny-2023-p002")
    assert judge(tiny) != [] and sorted(judged) == ["projects", "updates"]


def test_what_follows_from_nothing_stays_as_it_is(tiny: Path) -> None:
    project, problems = read_project(Paths.of(tiny))
    assert gathered([], link(project)) == [] and validate(link(project), problems) == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a-rule: 理由", {"a-rule": "理由"}),
        ("a-rule：理由", {"a-rule": "理由"}),
        ("a-rule ：理由; b-rule：另一理由", {"a-rule": "理由", "b-rule": "另一理由"}),
        ("a-rule: 见：附件；两处", {"a-rule": "见：附件；两处"}),
        ("理由：无", {"理由：无": "理由：无"}),
    ],
)
def test_a_rule_is_set_aside_with_a_colon_of_either_width(cell: str, expected: dict[str, str]) -> None:
    assert validating.accepted(Row(accepted=cell)) == expected


def test_a_row_deleted_and_the_rest_numbered_through_is_one_message(tiny: Path) -> None:
    path = tiny / PLAN / "clauses.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    row = "990101-tiny-2023-r{:03},990101-tiny-2023-c{:03},一,date\n"
    old, new = tiny / "old", tiny / "new"
    for root, kept in ((old, range(1, 15)), (new, [1, *range(3, 15)])):
        shutil.copytree(tiny / "datapackages", root / "datapackages")
        text = "".join(row.format(number, clause) for number, clause in enumerate(kept, 1))
        (root / PLAN / "references.csv").write_text(f"reference_id,clause_id,quote,reason\n{text}", encoding="utf-8")
    since = history.problems(*(read_project(Paths.of(root))[0] for root in (old, new)))
    assert lines and {each.rule for each in since} == {"id-reused", "row-removed"}
    [problem] = unsaid(since, [])
    assert (problem.rule, problem.line) == ("id-reused", 3) and len(problem.follows) == 12


def test_a_figure_pasted_without_its_id_from_the_source_of_another_place_is_one_message(tiny: Path, edit) -> None:
    edit("observations/sources.csv", "media,例县新闻,例县日报", "media,例省新闻,例省日报")
    edit("registry/regions.csv", "990101,例县,", "990102,另县,Other County,county,990000\n990101,例县,")
    row = ",990102,village-coverage,,2023,year,eq,45,%,,,,s001,,"
    edit("observations/observations.csv", "o0010,", f"{row}\no0010,")
    assert [(each.rule, each.field) for each in judge(tiny) if each.file.endswith("/observations.csv")] == [
        ("required", "observation_id")
    ]


def test_a_concept_with_its_name_in_english_is_one_message(tiny: Path, edit) -> None:
    edit("registry/concepts.csv", "城乡居民收入比,Urban", "Income ratio,Urban")
    [problem] = judge(tiny)
    assert (problem.rule, problem.field) == ("wrong-language", "name_zh")


def test_a_task_s_title_that_was_lengthened_is_one_message(tiny: Path, edit) -> None:
    edit("plans/990101-tiny-2023/tasks.csv", ",农庄/农创客,", ",农庄/农创客园,")
    [problem] = judge(tiny)
    assert (problem.rule, problem.field) == ("task-title-not-in-clause", "title")


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("references.csv", "@r003,@c005", "@r003,@c007", "references.csv:4:2"),
        ("datapackage.json", '"issuer": "例县人民政府"', '"issuer": "例县人民政"', "datapackage.json:"),
        ("datapackage.json", '"region_code": "990101"', '"region_code": "990000"', "datapackage.json:"),
        ("datapackage.json", "2025-12-31", "2023-12-31", "datapackage.json:"),
        ("updates.csv", ",done,2,名,", ",done,2,,", "updates.csv:3:8"),
        ("retired.csv", "successor\n", "successor\n@t001,2023-06-01,两行重复了,\n", "retired.csv:2:1"),
    ],
)
def test_one_slip_is_one_message_at_its_cell(tiny: Path, edit, file: str, old: str, new: str, place: str) -> None:
    if file == "retired.csv":  # another target is the one that was retired
        edit("plans/990101-tiny-2023/targets.csv", "990101-tiny-2023-t011,", "990101-tiny-2023-t014,")
    edit(f"plans/990101-tiny-2023/{file}", *(each.replace("@", "990101-tiny-2023-") for each in (old, new)))
    assert [place in each.address for each in judge(tiny)] == [True]


@pytest.fixture
def jiande(tmp_path: Path) -> Path:
    """The folder of a real plan that may be changed, in a project of its own."""
    shutil.copytree(HOUSE / "datapackages", tmp_path / "datapackages")
    return tmp_path / "datapackages/plans/330182-jiande-2023"


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_threshold_taken_for_the_figure_is_one_message_at_the_value(jiande: Path) -> None:
    change(jiande / "targets.csv", "引进亿元以上项目,,,,,count,eq,30,,个", "引进亿元以上项目,,,,,count,eq,1,,亿元")
    [problem] = judge(jiande.parents[2])
    assert (problem.line, problem.field) == (16, "value") and "“30个”没有着落" in problem.hint_zh


def test_a_task_beside_another_clause_is_one_message_at_the_clause(jiande: Path) -> None:
    change(jiande / "tasks.csv", "330182-jiande-2023-c015", "330182-jiande-2023-c016")
    [problem] = judge(jiande.parents[2])
    assert (problem.line, problem.field) == (4, "clause_id") and "330182-jiande-2023-c015" in problem.hint_zh
