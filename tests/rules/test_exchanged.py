"""Which two cells have each other's content: those that are right in each other's place, and only they."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openplans import rules
from openplans.packages.link import World, link
from openplans.packages.read import Package
from openplans.problems import Problem, problem
from openplans.rules.exchanged import FEW, MOST, Exchange, explained
from tests.rules.made import NAME, TINY_PROJECT, Rows, clause, plan, row, world

SAID = (
    "quote-not-in-clause", "value-not-in-quote", "unit-differs", "value-and-comparator", "task-title-not-in-clause",
    "words-not-in-clause", "number-differs", "name-not-in-source", "organization-differs",
)  # fmt: skip
"""The rules that are asked here."""

TEXTS = ("农庄达到5家", "图书达到6个", "教师达到7名", "工厂达到8个", "医生达到9名")
UNITS = ("家", "个", "名", "个", "名")
TITLES = ("修路", "供水", "造林", "养鱼", "建校")


def judge(around: World, package: Package) -> list[Problem]:
    """What these rules say of a plan."""
    return [hit.problem(code, package) for code in SAID for hit in rules.PLAN_CHECKS[code](around, package)]


def rows() -> Rows:
    """Five targets, each with a sentence of its own."""
    return [
        row(str(number), unit, text, clause_id=f"c{number - 4}", indicator=text[:2])
        for number, (text, unit) in enumerate(zip(TEXTS, UNITS, strict=True), 5)
    ]


def tasks() -> Rows:
    """Five tasks, each with a clause of its own behind those of the targets."""
    return [{"title": title, "clause_id": f"c{number}"} for number, title in enumerate(TITLES, 6)]


def swap(found: Rows, one: int, other: int, *columns: str) -> Rows:
    """Rows of which two have each other's content in some columns."""
    for column in columns:
        found[one][column], found[other][column] = found[other][column], found[one][column]
    return found


def made(targets: Rows | None = None, works: Rows | None = None, **more: Rows) -> Package:
    """A plan that is right but for what these rows have in each other's place."""
    clauses = [clause(each) for each in (*TEXTS, *TITLES)]
    return plan(clauses=clauses, targets=targets or rows(), tasks=works or tasks(), **more)


def told(package: Package, *more: Problem) -> tuple[str, list[str]]:
    """Where an exchange is told and of which lines and columns, and what else is said."""
    around = world(package)
    left, exchange = explained([*judge(around, package), *more], around, [package], judge)
    places = (exchange.address, *exchange.follows) if exchange else ()
    where = " ".join(each.removeprefix(f"{NAME}/") for each in places)
    return where, [f"{each.line} {each.rule}" for each in left]


def test_of_what_is_right_nothing_is_exchanged() -> None:
    assert told(made()) == ("", [])


@pytest.mark.parametrize(
    ("column", "where"),
    [
        ("quote", "targets.csv:2:19 targets.csv:3:19"),
        ("clause_id", "targets.csv:2:2 targets.csv:3:2"),
        ("value", "targets.csv:2:12 targets.csv:3:12"),
        ("unit", "targets.csv:2:14 targets.csv:3:14"),
    ],
)
def test_an_exchange_is_told_at_the_column(column: str, where: str) -> None:
    assert told(made(swap(rows(), 0, 1, column))) == (where, [])


def test_quotes_are_tried_where_values_and_units_are_said_to_be_wrong() -> None:
    found = [{**each, "clause_id": "c1"} for each in swap(rows(), 0, 1, "quote")[:2]]
    slip = row("6", "名", TEXTS[2], clause_id="c2", indicator="教师")
    package = plan(clauses=[clause("，".join(TEXTS[:2])), clause(TEXTS[2])], targets=[*found, slip])
    assert told(package) == ("targets.csv:2:19 targets.csv:3:19", ["4 value-not-in-quote"])


def test_a_rule_that_finds_the_descriptor_wrong_says_nothing_of_rows() -> None:
    package = made(swap(rows(), 0, 1, "quote"))
    package = replace(package, descriptor={**package.descriptor, "title_en": "Agricultral plan"})
    around = world(package, terms=[{"term": each, "term_en": "agricultural"} for each in "甲乙丙"])
    assert [hit.table for hit in rules.PLAN_CHECKS["word-misspelt"](around, package)] == [None]
    found = [replace(each, rule="word-misspelt") for each in judge(around, package)]
    _, exchange = explained(found, around, [package], judge)
    assert exchange and exchange.field == "quote"


def test_a_rule_that_finds_a_table_wrong_says_nothing_of_its_rows() -> None:
    found = [{**each, "target_id": f"{NAME}-t{at:03}"} for at, each in enumerate(swap(rows(), 0, 1, "quote"), 2)]
    package = made(found)
    around = world(package)
    assert [hit.row for hit in rules.PLAN_CHECKS["id-missing"](around, package)] == [None]
    _, exchange = explained(
        [replace(each, rule="id-missing") for each in judge(around, package)], around, [package], judge
    )
    assert exchange and exchange.field == "quote"


def with_slips(found: Rows, *numbers: int) -> Rows:
    """Rows of which some have a unit that is not printed."""
    for number in numbers:
        found[number]["unit"] = "元"
    return found


def test_other_slips_beside_an_exchange_are_still_said() -> None:
    where = "targets.csv:2:19 targets.csv:3:19"
    assert told(made(with_slips(swap(rows(), 0, 1, "quote"), 2))) == (where, ["4 unit-differs"])
    assert told(made(with_slips(swap(rows(), 0, 1, "quote"), 2, 3))) == (where, ["4 unit-differs", "5 unit-differs"])
    references = [{"clause_id": "c1", "quote": "农庄达到6家"}]
    package = made(swap(rows(), 0, 1, "quote"), references=references)
    assert told(package) == (where, ["2 quote-not-in-clause"])


def test_of_more_wrong_rows_no_two_are_looked_for() -> None:
    where, left = told(made(with_slips(swap(rows(), 0, 1, "quote"), 2, 3, 4)))
    assert where == "" and len(left) == FEW + 1


def test_a_slip_beside_it_in_the_same_column_makes_it_no_exchange() -> None:
    found = swap(rows(), 0, 1, "quote")
    found[2]["quote"] = "教师7名"
    assert told(made(found))[0] == ""


@pytest.mark.parametrize("first", [0, 2])
def test_of_two_exchanges_the_one_that_explains_more_is_told(first: int) -> None:
    """The clauses of two targets, of which four things are said; the values of two others, of which two are."""
    found = swap(swap(rows(), first, first + 1, "clause_id"), 2 - first, 3 - first, "value")
    lines = (4 - first, 5 - first)
    where = f"targets.csv:{first + 2}:2 targets.csv:{first + 3}:2"
    assert told(made(found)) == (where, [f"{line} value-not-in-quote" for line in lines])


def test_of_two_that_explain_as_much_the_first_is_told() -> None:
    found = swap(swap(rows(), 0, 1, "value"), 2, 3, "unit")
    assert told(made(found)) == ("targets.csv:2:12 targets.csv:3:12", ["4 unit-differs", "5 unit-differs"])


@pytest.mark.parametrize("places", [(0, 1), (1, 0)])
def test_a_cell_that_moved_to_an_empty_place_is_no_exchange(places: tuple[int, int]) -> None:
    counted = row(None, "家", TEXTS[0], clause_id="c1", indicator="农庄")
    worded = row("5", "家", "图书", clause_id="c2", indicator="图书", comparator="relative")
    pair = [counted, worded]
    where, left = told(made([pair[each] for each in places]))
    assert where == "" and {each.partition(" ")[0] for each in left} == {"2", "3"}
    numbered = [clause("1.修路", number=""), clause("其他", number="1")]
    where, left = told(plan(clauses=[numbered[each] for each in places]))
    assert where == "" and {each.partition(" ")[0] for each in left} == {"2", "3"}


def test_what_is_told_is_shortened() -> None:
    long = ["甲" * 31, "乙" * 31]
    works = [{"title": long[1], "clause_id": "c1"}, {"title": long[0], "clause_id": "c2"}]
    package = plan(clauses=[clause(each) for each in long], tasks=works)
    around = world(package)
    _, exchange = explained(judge(around, package), around, [package], judge)
    assert exchange and exchange.facts == {"here": "乙" * 30, "there": "甲" * 30, "other": 3}


def test_what_follows_is_told_once_a_line_in_order_and_not_of_a_whole_file() -> None:
    package = made(swap(rows(), 0, 1, "quote"))
    table = package.tables["targets"]
    [wrong, *_] = judge(world(package), package)
    other = package.tables["references"].file
    gone = [replace(wrong, line=line, column=column) for line, column in ((2, 19), (3, 12), (7, 19), (7, 5), (6, 5))]
    gone += [replace(wrong, file=other, line=line, column=3) for line in (0, 4, 3)]
    found = Exchange(package, table, *table.rows[:2], "quote").problem(gone)
    assert found.address == f"{table.file}:2:19"
    places = [f"{other}:{place}" for place in ("3:3", "4:3")]
    assert list(found.follows) == places + [f"{table.file}:{place}" for place in ("3:19", "6:5", "7:5")]


def test_so_many_are_judged_and_no_more() -> None:
    asked: list[Package] = []

    def counting(around: World, package: Package) -> list[Problem]:
        asked.append(package)
        return judge(around, package)

    package = made(with_slips(rows(), 0, 1, 2, 3))
    around = world(package)
    slips = [replace(each, rule="figure-not-accounted") for each in judge(around, package)]
    assert explained(slips, around, [package], counting) == (slips, None)
    assert len(asked) == 1 + MOST == 9


def test_what_the_schema_says_of_a_row_is_no_exchange() -> None:
    package = made(swap(rows(), 0, 1, "quote"))
    meaning = {"meaning_zh": "引文", "meaning_en": "Quote"}
    of_schema = [problem("required", package.tables["targets"].file, line, 19, "quote", **meaning) for line in (2, 3)]
    assert told(package, *of_schema)[0] == ""


@pytest.mark.parametrize("code", ["term-nearly-said", "theme-differs"])
def test_what_a_rule_of_the_registry_says_of_a_row_is_in_no_exchange_s_way(code: str) -> None:
    package = made(swap(rows(), 0, 1, "quote"))
    around = world(package)
    found = judge(around, package)
    more = replace(found[0], rule=code)
    left, exchange = explained([*found, more], around, [package], judge)
    assert exchange and left == [more]


def test_an_exchange_that_is_undone_leaves_the_rest_of_the_project() -> None:
    package, other = made(swap(rows(), 0, 1, "quote")), plan({"name": "other"})
    around = world(other, package)
    table = package.tables["targets"]
    after, given = Exchange(package, table, table.rows[0], table.rows[1], "quote").undone(around)
    expected = [(text, each.line) for text, each in zip(TEXTS, table.rows, strict=True)]
    assert [(each["quote"], each.line) for each in given["targets"]] == expected
    assert after.project.plans == [other, given] and after.concepts is around.concepts
    assert after.project.observations is around.project.observations
    assert package["targets"][0]["quote"] == TEXTS[1], "what was read is left as it is"


def test_of_the_registry_all_that_looks_into_it_is_linked_anew() -> None:
    registry = TINY_PROJECT.registry
    table = registry.tables["organizations"]
    one, other = table.rows[:2]
    after, given = Exchange(registry, table, one, other, "org_id").undone(link(TINY_PROJECT))
    assert after.project.registry is given and after.organizations[one["org_id"]]["name_zh"] == other["name_zh"]


def numbered(*keys: int) -> Package:
    """A plan whose targets have these ids."""
    return made([{**rows()[at % 5], "target_id": f"t{key}"} for at, key in enumerate(keys)])


def ids(*keys: int, rule: str = "slip") -> tuple[str, int, list[str]]:
    """Where an exchange of ids is told of targets that are wrong as long as these do not rise, after how many were
    judged, and what else is said."""
    package = numbered(*keys)
    right = sorted(each["target_id"] for each in package["targets"])

    def rising(around: World, package: Package) -> list[Problem]:
        asked.append(package)
        found = [each["target_id"] for each in package["targets"]]
        return [slip] * (found != right)

    asked: list[Package] = []
    slip = Problem(package.tables["targets"].file, 2, 1, rule, "target_id", "error", "", "", "", "")
    left, exchange = explained([slip], world(package), [package], rising)
    lines = f"{exchange.line} {exchange.facts['other']}" if exchange else ""
    return lines, len(asked[1:]), [each.rule for each in left]


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ((1, 2, 3, 4, 5), ""),
        ((2, 1, 3, 4, 5), "2 3"), ((1, 3, 2, 4, 5), "3 4"), ((1, 2, 3, 5, 4), "5 6"),
        ((1, 4, 3, 2, 5), "3 5"), ((5, 2, 3, 4, 1), "2 6"), ((4, 2, 3, 1, 5), "2 5"),
        ((2, 1), "2 3"), ((3, 2, 1), "2 4"), ((1, 2, 3, 4, 5, 7, 6, 8), "7 8"),
        ((2, 3, 1, 4, 5), ""), ((3, 4, 5, 1, 2), ""),
        ((1, 3, 2, 3, 5), ""),  # an id that stands twice is another mistake
    ],
)  # fmt: skip
def test_two_ids_are_exchanged_where_all_rise_once_they_are_given_back(keys: tuple[int, ...], lines: str) -> None:
    assert ids(*keys) == (lines, 1 if lines else 0, [] if lines else ["slip"])


@pytest.mark.parametrize("rule", ["ids-not-rising", "row-order"])
def test_rows_that_were_moved_have_their_own_ids(rule: str) -> None:
    assert ids(2, 1, 3, 4, 5, rule=rule) == ("", 1, [rule])


@pytest.mark.parametrize(
    ("keys", "weighty", "lines"),
    [
        ((2, 1, 4, 3, 5), "t1 t2", [2, 3]), ((1, 3, 2, 5, 4), "t4 t5", [5, 6]),
        ((3, 2, 1, 6, 5, 4), "t1 t3", [2, 4]),
        ((3, 2, 1, 6, 5, 4, 8, 7), "t1 t3", []),  # so many were not exchanged by a slip
    ],
)  # fmt: skip
def test_ids_that_do_not_rise_elsewhere_are_another_matter(
    keys: tuple[int, ...], weighty: str, lines: list[int]
) -> None:
    package = numbered(*keys)
    file = package.tables["targets"].file

    def placed(around: World, package: Package) -> list[Problem]:
        wrong = [each for at, each in enumerate(package["targets"], 1) if each["target_id"] != f"t{at}"]
        told = [(each.line, rule) for each in wrong for rule in ("a", "b")[: 1 + (each["target_id"] in weighty)]]
        return [Problem(file, line, 19, rule, "quote", "error", "", "", "", "") for line, rule in told]

    around = world(package)
    _, exchange = explained(placed(around, package), around, [package], placed)
    assert ([exchange.line, exchange.facts["other"]] if exchange else []) == lines


def test_the_tasks_of_responsibilities_are_tried_though_units_are_said_to_be_wrong() -> None:
    texts = ("县农业局牵头修路", "县住建局牵头供水")
    works = [{"title": text, "clause_id": f"c{at}"} for at, text in enumerate(texts, 1)]
    units = [
        {"task_id": "k2", "org_id": "990101-agriculture", "name_in_source": "县农业局"},
        {"task_id": "k1", "org_id": "990101-building", "name_in_source": "县住建局"},
    ]
    package = plan(clauses=[clause(each) for each in texts], tasks=works, responsibilities=units)
    assert told(package) == ("responsibilities.csv:2:1 responsibilities.csv:3:1", [])


def test_two_texts_that_stand_in_each_other_s_place_are_tried_whatever_is_said() -> None:
    package = plan(source="\n".join(TEXTS), clauses=[clause(TEXTS[at]) for at in (1, 0, 2, 3, 4)])
    file = package.tables["clauses"].file
    slips = [Problem(file, line, 6, "slip", "", "error", "", "", "", "") for line in range(2, 7)]

    def in_order(around: World, package: Package) -> list[Problem]:
        return [] if [each["text"] for each in package["clauses"]] == [*TEXTS] else slips

    left, exchange = explained(slips, world(package), [package], in_order)
    assert left == [] and exchange and (exchange.line, exchange.facts["other"]) == (2, 3)
