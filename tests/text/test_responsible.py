"""Where a clause lists its responsible units, and what of a list nobody has registered."""

from __future__ import annotations

import pytest

from openplans.text.responsible import NONE, Names, bare_lists, is_answer, organization_lists, rest
from openplans.text.told_organizations import told

KNOWN = Names(["县农业局", "县财政局", "县住建局", "各镇", "各街道"])
WIDE = str.maketrans(":;,()", "\uff1a\uff1b\uff0c\uff08\uff09")


def lists(text: str, names: Names = KNOWN, table_row: bool = False) -> list[tuple[str, str]]:
    return [(each.text, each.role) for each in organization_lists(text, names, table_row)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建设粮仓。(责任单位:县教育局、县卫健局)", [("县教育局、县卫健局", "责任")]),
        ("牵头单位:县教育局;配合单位:县财政局、县卫健局。", [("县教育局;", "牵头"), ("县财政局、县卫健局", "配合")]),
        ("责任部门:县教育局", [("县教育局", "责任")]),
        ("落实政策(县住建局牵头,县教育局配合)。", [("县住建局牵头,县教育局配合", "")]),
        ("落实政策。(县教育局、县卫健局按职责分工负责)", [("县教育局、县卫健局按职责分工负责", "")]),
        ("落实政策。(县教育局、县卫健局)", [("县教育局、县卫健局", "")]),
        ("落实政策。(县委宣传部(网信办)、县教育局)继续。", [("县委宣传部(网信办)、县教育局", "")]),
        ("责任单位:县委宣传部(网信办)、县教育局。后文", [("县委宣传部(网信办)、县教育局", "责任")]),
        ("【责任单位:县教育局、县卫健局】", [("县教育局、县卫健局", "责任")]),
        ("建设粮仓。[县教育局、县卫健局]", [("县教育局、县卫健局", "")]),
        ("责任单位:县教育局;完成时限:2025年12月", [("县教育局;", "责任")]),
        ("责任单位(列第一位的为牵头单位):县教育局", [("县教育局", "责任")]),
        ("建设粮仓。由县教育局牵头,会同县卫健局组织实施。", [("由县教育局牵头,会同县卫健局组织实施", "")]),
        ("完成改造,由县教育局牵头,各乡镇配合。", [("由县教育局牵头,各乡镇配合", "")]),
        ("建设粮仓。县教育局、县卫健局按照职责分工负责。", [("县教育局、县卫健局按照职责分工负责", "")]),
        ("牵头单位为县教育局,配合单位为县卫健局。", [("县教育局,", "牵头"), ("县卫健局", "配合")]),
        ("(牵头:县教育局;配合:县卫健局)", [("县教育局;", "牵头"), ("县卫健局", "配合")]),
        ("(第一责任单位:县教育局;其他责任单位:县卫健局)", [("县教育局;", "第一责任"), ("县卫健局", "责任")]),
        ("责任主体:各乡镇", [("各乡镇", "责任")]),
        ("由县教育局、县“村超”专班牵头,各乡镇(街道)配合。", [("由县教育局、县“村超”专班牵头,各乡镇(街道)配合", "")]),
        ("县教育局、县卫健局负责落实各项补贴政策。", []),
        ("县教育局、县卫健局要密切配合,抓好落实。", []),
        ("由于资金不足,县教育局、县卫健局推迟实施。", []),
        ("建成示范村(未来乡村)3个,推进(县、乡、村)三级", []),
        ("(县教育局、县卫健局印发)的通知", []),
        ("优化服务(文化礼堂、养老服务中心)。", []),
        ("(以下简称县教育局)", []),
        ("优化乡村布局。(布局)", []),
        ("州级层面由州委财经办(县农业局)统筹调度,每季度通报1次。", []),  # a unit's other name
        ("建厂。(县住建、林业、公安等部门配合)", [("县住建、林业、公安等部门配合", "")]),
        ("建厂。(县教育局牵头;县电信、移动、铁塔公司配合)", [("县教育局牵头;县电信、移动、铁塔公司配合", "")]),
        ("由县农业农村部门牵头,县财政、水利部门配合。", [("由县农业农村部门牵头,县财政、水利部门配合", "")]),
        ("县教育局牵头,县团委及驻县各高校配合。", [("县教育局牵头,县团委及驻县各高校配合", "")]),
        ("建厂。(县教育局、县总工会,县水务局等行业主管部门)", [("县教育局、县总工会,县水务局等行业主管部门", "")]),
        ("推进教育、科技、人才(教育、卫生、文化)。", []),
        ("推进全民健身进县委办(县农业局)。", [("县农业局", "")]),
        ("修路。责任单位县教育局、县卫健局", [("县教育局、县卫健局", "责任")]),
        ("牵头单位要抓好落实。责任单位明确专人报县食安办。", []),
        ("责任单位/责任人:县教育局/张三", [("县教育局/张三", "责任")]),
        ("引进企业(见附表),责任单位为县教育局;改造市场。", [("县教育局", "责任")]),
        ("修路。——县教育局、县卫健局", [("县教育局、县卫健局", "")]),
        ("修路。——全县统一标准", []),
        ("牵头单位:县教育局完成时限:6月", [("县教育局", "牵头")]),
    ],
)
def test_the_lists_of_a_clause(text: str, expected: list[tuple[str, str]]) -> None:
    assert lists(text) == expected
    assert lists(text.translate(WIDE)) == [(each.translate(WIDE), role) for each, role in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1\u3000建设粮仓\u300050\u3000县农业局、各镇", [("县农业局、各镇", "")]),
        ("1\u3000建设粮仓\u300050\u3000县教育局、县卫健局", [("县教育局、县卫健局", "")]),
        ("1\u3000优化空间布局\u300050\u3000", []),
        ("1\u3000责任单位:县教育局\u300050", [("县教育局", "责任")]),
    ],
)
def test_the_lists_of_a_table_row(text: str, expected: list[tuple[str, str]]) -> None:
    assert lists(text, table_row=True) == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("县农业局、各镇", ""),
        ("县农业局,县教育局", "县教育局"),
        ("县农业局、各镇(列第一位的为牵头单位,下同)", ""),
        ("县农业局、各镇（列第一位的为牵头单位，下同）、县教育局", "县教育局"),
        ("县农业局、各镇(列第一位者为工作牵头单位或汇总单位,下同)", ""),
        ("县住建局牵头,县财政局配合", ""),
        ("县住建局牵头,县教育局配合", "县教育局"),
        ("牵头单位:县住建局;配合单位:各镇、各街道", ""),
        ("县农业局、县财政局等按职责分工负责", ""),
        ("由县农业局牵头,会同县财政局等部门组织实施", ""),
        ("由县农业局负总责,县教育局具体落实", "县教育局"),
        ("【责任单位:县农业局】", ""),
        ("各镇抓好落实", ""),
        ("各镇要认真抓好工作落实,县教育局配合", "县教育局"),
        ("此项工作由县住建局牵头负责,县农业局等县市政府具体落实", ""),
        ("县住建局牵头,县财政局配合,2027年底前完成", ""),
        ("县住建局牵头;9月底前;长期坚持;2026年上半年;持续推进", ""),
        ("县住建局牵头,县教育局2027年底前完成", "县教育局2027年底前完成"),
        ("县住建局(除注明“分别牵头”外,列第一位为牵头或汇总单位,下同)", ""),
        ("由县住建局会同县农业局等部门研究提出落实意见", ""),
        ("县住建局牵头,2027年考核专班配合", "2027年考核专班"),
    ],
)
def test_what_is_left_of_a_list(text: str, left: str) -> None:
    assert rest(text, KNOWN) == rest(text.translate(WIDE), KNOWN) == left


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县农业局 县教育局", [("县农业局 县教育局", "")]),
        ("1.改造小区6个,县住建局、县教育局。", [("县住建局、县教育局", "")]),
        ("1.改造小区6个。——县住建局", [("——县住建局", "")]),
        ("改造小区6个。各镇;县住建局", [("各镇", ""), ("县住建局", "")]),
        ("1.治水。牵头落实:县农业局;一起做:各镇", [("县农业局", "牵头"), ("各镇", "")]),
        ("1.县农业局", []),  # a heading of those whose duties follow
        ("服务县农业局,改造小区6个", []),
        ("新建幼儿园2所,县教育局,共3层", []),
        ("抄送:县农业局", []),
        ("改造小区,提升县城", []),
    ],
)
def test_names_of_units_that_stand_alone(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.text, each.role) for each in bare_lists(text)] == found
    assert not any(each.sure for each in bare_lists(text))


def test_the_longest_name_is_taken_out_first() -> None:
    assert Names(["县农业", "县农业局", "局办"]).without("县农业局办") == "办"
    assert NONE.without("县农业局") == "县农业局"


@pytest.mark.parametrize(
    "piece",
    [
        ",2027年底前完成",
        "2027年",
        ",由",
        "县局、",
        "(",
        ")",
        "()",
        "县",
        "为牵头单位",
        "责任单位:",
        "、",
        "(县教育局",
        "牵头",
        "县农业局",
    ],
)
def test_a_long_clause_ends(piece: str) -> None:
    """A pattern that runs back and forth over a clause took minutes for this many characters."""
    text = piece * (120_000 // len(piece))
    assert all(len(each.text) <= len(text) for each in organization_lists(text, KNOWN, table_row=True))
    assert len(list(organization_lists(text, KNOWN))) <= len(text)
    assert len(rest(text, KNOWN)) <= len(text)
    assert len(bare_lists(text)) <= len(text)


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("(县教育局)", True),
        ("(县教育局)2027年底前完成。", True),
        ("(县教育局)新建乡村学校", False),  # what it does stands behind it
        ("[县教育局]修桥", True),
    ],
)
def test_a_line_that_goes_on_behind_a_bracket_says_more_than_who_answers(line: str, answers: bool) -> None:
    assert is_answer(line) == answers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县教育局负责规划;县财政局负责经费。", "listed 县教育局 listed 县财政局"),
        ("县教育局负责规划;县人社、民政等部门按照职责,协同做好工作。", "listed 县教育局 listed 县人社 listed 民政"),
        ("县教育局、县财政局对此项工作总负责。县卫健局负责统计。", "listed 县教育局 listed 县财政局 listed 县卫健局"),
        ("县教育局负责规划。", ""),  # of one nobody knows whether it is all that is done
        ("县教育局要统筹规划。县财政局要保障经费。", ""),  # they are called upon
        ("支持贫困地区建设。县教育局负责规划。", ""),  # what is done, and one who does it
        ("(一)县教育局牵头办学。", "lead 县教育局"),
    ],
)
def test_sentences_that_say_who_does_which_part(text: str, found: str) -> None:
    assert " ".join(f"{each.role} {each.name}" for each in told(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县教育局、县财政局每季度报送情况。", ["县教育局", "县财政局"]),
        ("县教育局:制订计划。", ["县教育局"]),
        ("县教育局开展的工作由县财政予以支持。", []),
        ("各乡镇要制定办法。", []),
        ("办学方案由县教育局制定。", []),
    ],
)
def test_units_with_which_a_sentence_begins_whatever_they_do(text: str, found: list[str]) -> None:
    assert [each.name for each in told(text, alone=True, freely=True)] == found
    assert [each.name for each in told(text, alone=True)] == []
