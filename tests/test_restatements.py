"""One promise: what ties its rows, what the rules say of rows that should be tied, and of hedges."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from openplans.facts import findings
from openplans.facts.model import Facts
from openplans.facts.records import Target
from openplans.facts.restatements import by_thing, differ, grouped, kindred, promises
from openplans.packages.link import World, link
from openplans.packages.read import Row, read_project
from openplans.paths import Paths
from openplans.rules.restatements import look_alike
from openplans.rules.validate import validate
from openplans.schema import contract
from tests.conftest import facts_of, judge

PLAN = "990101-tiny-2023"
TARGETS = f"datapackages/plans/{PLAN}/targets.csv"

Change = Callable[..., None]


@pytest.fixture
def change(tiny: Path) -> Change:
    """Set cells of targets of the tiny plan: change(t004={"scope": "x"})."""

    def write(**cells: dict[str, str]) -> None:
        rows = list(csv.DictReader(io.StringIO((tiny / TARGETS).read_text(encoding="utf-8"), newline="")))
        for row in rows:
            row.update(cells.get(row["target_id"][-4:], {}))
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        (tiny / TARGETS).write_text(text.getvalue(), encoding="utf-8")

    return write


def target(number: int) -> str:
    return f"{PLAN}-t{number:03d}"


def of(facts: Facts, number: int) -> Target:
    return facts.targets[target(number)]


def pairs(facts: Facts) -> list[tuple[str, str]]:
    """The contradictions of the tiny plan."""
    found = findings.contradictions(facts.plans[1].targets, facts.registry)
    return [(one.target_id, other.target_id) for one, other in found]


def broken(root: Path) -> list[tuple[str, int]]:
    """The rules broken and the lines where they are: t001 is on line 2."""
    return [(each.rule, each.line) for each in judge(root)]


@pytest.fixture
def row(tiny_facts: Facts) -> Callable[..., Target]:
    """A target: row("a", "b", value=3) restates b."""

    def made(name: str, restates: str = "", value: int = 1) -> Target:
        model = tiny_facts.plans[1].targets[0]
        return replace(model, target_id=name, restates=restates, indicator=name, value=Decimal(value))

    return made


def test_a_promise_has_its_first_statement_first(row: Callable[..., Target]) -> None:
    rows = [row("a", "c"), row("b"), row("c"), row("d", "c")]
    found = [[each.target_id for each in group] for group in promises(rows)]
    assert found == [["c", "a", "d"], ["b"]]


def test_what_restates_stands_behind_what_it_restates_and_repeats_it_where_it_says_the_same(
    row: Callable[..., Target], tiny_facts: Facts
) -> None:
    rows = [row("a", value=300), row("b", value=7), row("c", "a", value=100), row("d", "a", value=300)]
    found = [[each.target_id for each in alike] for alike in grouped(rows, tiny_facts.registry)]
    assert found == [["a", "d"], ["c"], ["b"]]


def test_the_same_number_with_another_sign_or_in_another_unit_is_said_again(
    row: Callable[..., Target], tiny_facts: Facts
) -> None:
    """达到90%, and 90 in the annex; 600 万元, and 0.06 亿元. For another year or scope it is another thing."""
    first = replace(row("a"), value=Decimal(600), unit="万元", comparator="ge")
    again = replace(row("b", "a"), value=Decimal("0.06"), unit="亿元", comparator="eq")
    later = replace(again, target_id="c", period_end="2030")
    part = replace(again, target_id="d", scope="山区")
    found = [[each.target_id for each in alike] for alike in grouped([first, again, later, part], tiny_facts.registry)]
    assert found == [["a", "b"], ["c"], ["d"]]


def test_two_targets_that_no_one_tied_are_two_promises(row: Callable[..., Target], tiny_facts: Facts) -> None:
    assert len(grouped([row("a"), replace(row("b"), indicator="a")], tiny_facts.registry)) == 2


def test_a_promise_under_two_names_contradicts_itself(tiny: Path, change: Change) -> None:
    change(
        t013={
            "concept_id": "",
            "indicator": "美丽乡村比例",
            "accepted": "restates-another: 同一件事; words-not-in-clause: 换一个名称",
        }
    )
    assert judge(tiny) == []
    assert pairs(facts_of(tiny)) == [(target(4), target(13))]


def test_what_is_not_tied_is_no_contradiction(tiny: Path, change: Change) -> None:
    change(t013={"restates": "", "accepted": "restatement-unlinked: 另一批村"})
    assert judge(tiny) == []
    assert pairs(facts_of(tiny)) == []


def test_a_number_and_none_contradict_each_other(tiny: Path, change: Change) -> None:
    change(t013={"value": "", "comparator": "relative", "unit": ""})
    assert len(pairs(facts_of(tiny))) == 1


def test_every_target_knows_its_promise(tiny_facts: Facts) -> None:
    found = {each.target_id: each.promise for each in tiny_facts.plans[1].targets}
    assert found[target(4)] == found[target(13)] == target(4) and found[target(5)] == target(5)


@pytest.mark.parametrize("name", ["990101-tiny-2023-t099", "990000-wide-2025-t002"])
def test_a_row_restates_a_row_of_its_plan(tiny: Path, change: Change, name: str) -> None:
    change(t012={"restates": name})
    assert broken(tiny) == [("broken-reference", 13)]


def test_a_row_restates_neither_itself_nor_one_that_restates(tiny: Path, change: Change) -> None:
    change(t012={"restates": target(12)})
    assert broken(tiny) == [("restates-chain", 13)]
    change(t012={"restates": ""}, t002={"restates": target(13)})
    assert broken(tiny) == [("restates-another", 3)]  # the first of the two: another thing
    change(t002={"accepted": "restates-another: 读原文是同一承诺"})
    assert broken(tiny) == [("restates-chain", 3)]


@pytest.mark.parametrize(
    ("column", "value", "too"),
    [
        ("scope", "山区", "words-not-in-clause"),
        ("measure", "level", "measure-differs"),
        ("period_end", "2024", "period-not-in-source"),
        ("period_basis", "annual", "period-basis-differs"),
        ("concept_id", "", "concept-differs"),
    ],
)
def test_a_row_of_something_else_restates_nothing_without_a_reason(
    tiny: Path, change: Change, column: str, value: str, too: str
) -> None:
    """`too`: the rule that finds the row unlike the document; were it not set aside, this one would follow from it."""
    more = {"period_start": "2023"} if column == "period_basis" else {}
    change(t013={column: value, **more, "accepted": f"{too}: 例子要有不同"})
    assert broken(tiny) == [("restates-another", 14)]
    change(t013={"accepted": f"restates-another: 读原文是同一承诺; {too}: 例子要有不同"})
    assert broken(tiny) == []


def test_the_first_statement_stands_first(tiny: Path, change: Change) -> None:
    change(t004={"restates": target(13)}, t013={"restates": ""})
    assert broken(tiny) == [("restates-later", 5)]


SEWAGE = {"concept_id": "", "value": "98", "unit": "%", "measure": "share", "comparator": "ge"}


@pytest.mark.parametrize(
    ("name", "value", "flagged"),
    [
        ("污水治理覆盖率", "98", True),  # the same words
        ("“污水治理”建设覆盖率", "80", True),  # the same less verbs and marks, whatever the number
        ("农村污水治理工作覆盖率", "98", True),  # close, and the same number
        ("农村污水治理工作覆盖率", "80", False),  # close, another number
        ("村内道路", "98", False),
    ],
)
def test_rows_of_one_name_or_of_names_close_to_it_are_tied(
    tiny: Path, change: Change, name: str, value: str, flagged: bool
) -> None:
    row_13 = {
        **SEWAGE,
        "restates": "",
        "indicator": name,
        "value": value,
        "accepted": "value-not-in-quote: 例子而已; words-not-in-clause: 例子而已; comparator-differs: 例子而已",
    }
    change(t013=row_13)
    assert (("restatement-unlinked", 14) in broken(tiny)) is flagged


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"scope": "山区"}, "another scope"),
        ({"period_end": "2024"}, "another year"),
        ({"measure": "level"}, "another measure"),
        (
            {
                "clause_id": f"{PLAN}-c005",
                "quote": "1.美化村庄",
                "accepted": "value-not-in-quote: 例",
            },
            "one sentence",
        ),
    ],
)
def test_rows_that_differ_so_are_not_asked_for(tiny: Path, change: Change, cells: dict[str, str], why: str) -> None:
    change(t013={"restates": "", **cells})
    assert "restatement-unlinked" not in {rule for rule, _ in broken(tiny)}, why


def test_what_is_done_in_one_year_is_not_what_is_done_in_all(tiny: Path, change: Change) -> None:
    aside = "period-basis-differs: 例子要有不同"
    same = {"restates": "", "period_basis": "in", "period_end": "2025", "accepted": aside}
    change(t004={**same, "period_start": "2023"}, t013={**same, "period_start": "2025"})
    assert broken(tiny) == []
    change(t013={"period_start": "2023"})
    assert broken(tiny) == [("restatement-unlinked", 14)]


def test_a_conflict_without_a_note_is_a_warning(tiny: Path, edit: Callable[[str, str, str], None]) -> None:
    edit(f"plans/{PLAN}/notes.csv", "n001,conflict", "n001,other")
    assert [(each.rule, each.severity, each.line) for each in judge(tiny)] == [("restatement-conflict", "warning", 14)]


def test_a_quote_begins_at_its_hedge(tiny: Path, change: Change) -> None:
    change(t002={"commitment": "", "quote": "同步"})
    assert broken(tiny) == [("hedge-cut-off", 3)]
    change(t002={"quote": "增长与经济增长基本同步"})
    assert broken(tiny) == [("hedge-unmarked", 3)]
    change(t002={"commitment": "基本"})
    assert broken(tiny) == []


def test_a_commitment_is_a_known_word_of_the_quote(tiny: Path, change: Change) -> None:
    change(t002={"commitment": "力争"})
    assert broken(tiny) == [("commitment-not-in-quote", 3)]
    change(t002={"commitment": "大约"})
    assert broken(tiny) == [("not-in-list", 3)]


def test_the_next_of_a_list_is_asked_for_its_hedge(tiny: Path, change: Change) -> None:
    """The tiny plan's sentence with 力争 before its first promise."""
    hedged = "力争城乡居民收入倍差缩小到1.6以内"
    descriptor = tiny / f"datapackages/plans/{PLAN}/datapackage.json"
    source = tiny / f"datapackages/plans/{PLAN}/source.txt"
    was = source.read_text(encoding="utf-8")
    now = was.replace(hedged.removeprefix("力争"), hedged)
    source.write_text(now, encoding="utf-8")
    clauses = tiny / f"datapackages/plans/{PLAN}/clauses.csv"
    clauses.write_text(
        clauses.read_text(encoding="utf-8").replace(hedged.removeprefix("力争"), hedged), encoding="utf-8"
    )
    said = json.loads(descriptor.read_text(encoding="utf-8"))
    said |= {"source_sha256": hashlib.sha256(now.encode()).hexdigest(), "source_length": len(now)}
    descriptor.write_text(json.dumps(said), encoding="utf-8")
    assert broken(tiny) == [("hedge-cut-off", 2)]
    change(t001={"quote": hedged, "commitment": "力争"})
    assert broken(tiny) == [], "the next has a commitment of its own"
    change(t002={"quote": "居民收入增长与经济增长", "commitment": ""})
    cut = {"rule": "promise-not-accounted", "row": f"{PLAN}-c003", "reason": "例子的引文少了几个字"}
    descriptor.write_text(json.dumps(said | {"accepted": [*said["accepted"], cut]}), encoding="utf-8")
    assert broken(tiny) == [("hedge-passed-over", 3)]
    change(t002={"accepted": "hedge-passed-over: 另起一句"})
    assert broken(tiny) == []


def test_a_hedge_across_a_comma_is_the_readers_to_judge(tiny: Path, change: Change) -> None:
    """基本 stands in the sentence after this row's and governs nothing of it, and the other way round."""
    change(t001={"quote": "城乡居民收入倍差缩小到1.6以内,居民收入增长与经济增长基本同步"})
    assert broken(tiny) == [("hedge-unmarked", 2)]
    change(t001={"accepted": "hedge-unmarked: “基本”说的是居民收入增长"})
    assert broken(tiny) == []


PRECEDENCE_ZH = "先取自己的，没有则取指标概念的，再没有则取任务的，都没有则为综合"
PRECEDENCE_EN = "its own, else its concept's, else its task's, else General"


def test_the_theme_of_a_target_is_its_own_its_concepts_its_tasks_or_general(tiny: Path, change: Change) -> None:
    change(
        t001={"theme_id": "villages"}, t006={"theme_id": ""}
    )  # t001: of a concept of goals; t006: of a task of villages
    facts = facts_of(tiny)
    themes = {each.anchor: each.theme.theme_id for each in facts.plans[1].targets}
    [villages] = [each for each in facts.themes if each.theme.theme_id == "villages"]
    assert next(row.target.anchor for rows in villages.others.values() for row in rows) == "t001", (
        "not below its concept"
    )
    assert (themes["t001"], themes["t003"], themes["t006"], themes["t002"]) == (
        "villages",
        "villages",
        "villages",
        "goals",
    )
    change(t001={"theme_id": ""}, t006={"theme_id": "goals"})
    themes = {each.anchor: each.theme.theme_id for each in facts_of(tiny).plans[1].targets}
    assert (themes["t001"], themes["t006"]) == ("goals", "goals")


def test_schema_and_dictionary_say_the_same_of_it() -> None:
    own = contract.fields(contract.tables("plan")["targets"])["theme_id"]
    [facts] = [each for each in contract.derived() if each["name"] == "target_facts"]
    derived_theme = contract.fields(facts)["theme_id"]
    flat_theme = contract.fields(contract.flat()["targets_named"])["theme_id"]
    for field in (own, derived_theme, flat_theme):
        assert PRECEDENCE_ZH in field["description"] and PRECEDENCE_EN in field["description_en"], field


def test_an_alias_leads_to_a_row_or_to_a_word_of_a_plan(tiny: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("registry/aliases.csv", "word,农庄,", "word,农场主,")
    assert broken(tiny) == [("alias-leads-nowhere", 7)]
    edit("registry/aliases.csv", "theme,villages,", "theme,village-coverage,")
    assert broken(tiny) == [("alias-leads-nowhere", 6), ("alias-leads-nowhere", 7)]


def test_a_word_is_not_missed_in_plans_that_were_not_read(tiny: Path) -> None:
    project, problems = read_project(Paths.of(tiny), only=("990000-wide-2025",))
    assert [*problems, *validate(link(project))] == []


def test_nor_in_plans_that_are_not_there_or_could_not_be_read(tiny: Path) -> None:
    plans = sorted((tiny / "datapackages/plans").iterdir())
    (plans[-1] / "targets.csv").write_text("target_id\n", encoding="utf-8")
    assert "alias-leads-nowhere" not in {each.rule for each in judge(tiny)}
    for folder in plans:
        shutil.rmtree(folder)
    assert "alias-leads-nowhere" not in {each.rule for each in judge(tiny)}


@pytest.mark.parametrize(
    ("amounts", "alike"),
    [
        (("10", "10"), True),
        (("10", "12"), False),
        ((None, "10"), False),
        (("10", None), False),
        ((None, None), False),
    ],
)
def test_names_close_to_each_other_are_one_where_the_amount_is_the_same(
    tiny_world: World, amounts: tuple[str | None, ...], alike: bool
) -> None:
    names = ("示范型居家养老服务照料中心", "村级居家养老服务照料中心")
    model = tiny_world.project.plans[1].tables["targets"].rows[8]
    one, other = (
        Row({**model, "clause_id": name, "concept_id": "", "indicator": name, "value": amount and Decimal(amount)})
        for name, amount in zip(names, amounts, strict=True)
    )
    assert look_alike(tiny_world, one, other) is look_alike(tiny_world, other, one) is alike


@pytest.mark.parametrize("column", ["scope", "measure", "period_end"])
def test_what_is_of_another_scope_kind_or_time_is_never_alike(tiny_world: World, column: str) -> None:
    one = Row({**tiny_world.project.plans[1].tables["targets"].rows[8]})
    other = Row({**one, "clause_id": "another"})
    assert look_alike(tiny_world, one, other)
    assert not look_alike(tiny_world, one, Row({**other, column: "another"}))


@pytest.mark.parametrize(
    "cells, named",
    [
        ({"indicator": "农创客"}, ["t009"]),  # the row of the annex has the yearly figures
        ({"indicator": "农创客", "scope": "山区"}, []),
        ({"concept_id": "village-coverage"}, ["t004", "t012"]),
        ({"concept_id": "farms-new"}, ["t008"]),  # what is new, beside what there is by then
        ({"concept_id": "farms-new", "measure": "level"}, []),
        ({}, []),
    ],
)
def test_a_unit_named_for_the_same_thing_at_other_times_answers(tiny: Path, change: Change, cells, named) -> None:
    with (tiny / "datapackages/registry/concepts.csv").open("a", encoding="utf-8") as concepts:
        concepts.write("farms-new,新增农庄,New farms,个,higher,total,villages,villages,当期新增农庄,Farms added\n")
    change(t007={"task_id": "", **cells})
    silent = of(facts_of(tiny), 7)
    assert [each.anchor for each in silent.kindred] == named
    assert bool(silent.answering) == bool(named)


def kin(promise: Target, *naming: Target) -> list[str]:
    """The clauses of the rows, of those that name a unit, that are of the same thing."""
    return [each.clause_id for each in kindred([promise], by_thing(naming))]


def test_the_same_thing_is_one_concept_or_without_one_a_name(tiny_facts: Facts) -> None:
    coverage = replace(tiny_facts.registry.concepts["village-coverage"], subject="")
    own = replace(of(tiny_facts, 1), indicator="甲", clause_id="c1", concept_id=coverage.concept_id, concept=coverage)
    other = replace(tiny_facts.registry.concepts["income-ratio"])
    bare = replace(of(tiny_facts, 1), indicator="甲", clause_id="c2", concept_id="", concept=None)
    renamed = replace(own, indicator="乙", clause_id="c3")
    elsewhere = replace(own, clause_id="c4", concept_id=other.concept_id, concept=other)
    assert kin(own, elsewhere, renamed, bare) == ["c3", "c2"], "of another concept it is another thing"
    assert kin(bare, own, elsewhere, renamed) == ["c1", "c4"], "where one has no concept the name counts"
    assert kin(replace(bare, indicator="丙"), bare, own) == []
    assert kin(own, replace(renamed, scope="山区")) == []


def test_each_clause_is_told_once_in_the_order_of_the_document(tiny_facts: Facts) -> None:
    rows = [
        replace(of(tiny_facts, 1), indicator="甲", clause_id=each, concept_id="", concept=None)
        for each in ("c9", "c2", "c9", "c5")
    ]
    assert kin(rows[0], *rows) == ["c9", "c2", "c5"]


@pytest.mark.parametrize(
    ("changed", "same"),
    [({}, True), ({"subject": "farm"}, False), ({"unit": "家"}, False), ({"nature": "share"}, False)],
)
def test_what_is_new_of_a_subject_and_what_there_is_of_it_are_of_one_thing(
    tiny_facts: Facts, changed: dict[str, str], same: bool
) -> None:
    concept = replace(tiny_facts.registry.concepts["farms-total"], subject="barn", nature="total", unit="个")
    new = replace(concept, **{"concept_id": "farms-new", **changed})  # type: ignore[arg-type]
    stock = replace(
        of(tiny_facts, 1),
        indicator="甲",
        clause_id="c1",
        concept_id="farms-total",
        concept=concept,
        measure="cumulative",
    )
    flow = replace(
        of(tiny_facts, 1), indicator="乙", clause_id="c2", concept_id="farms-new", concept=new, measure="count"
    )
    assert kin(stock, flow) == kin(flow, replace(stock, clause_id="c2")) == (["c2"] if same else [])
    assert kin(stock, replace(flow, measure="cumulative")) == [], "two totals are no flow and stock"


def test_a_number_and_none_differ_in_any_unit(tiny_facts: Facts) -> None:
    number = replace(of(tiny_facts, 1), value=Decimal(3), value_max=None, unit="个")
    none = replace(number, value=None, unit="公顷")
    assert differ(tiny_facts.registry, number, none) and differ(tiny_facts.registry, none, number)
    assert not differ(tiny_facts.registry, number, replace(number, value=Decimal(4), unit="公顷")), "not compared"


def test_works_of_one_name_stage_and_time_are_said_again(tiny_facts: Facts) -> None:
    work = next(project for plan in tiny_facts.plans for project in plan.projects)
    again, later = replace(work, project_id="again"), replace(work, project_id="later", period_end="2030")
    assert grouped([work, later, again], tiny_facts.registry) == [[work, again], [later]]


def test_a_promise_that_names_its_units_asks_nobody_else(tiny_facts: Facts) -> None:
    assert of(tiny_facts, 12).answering and of(tiny_facts, 12).kindred == ()
