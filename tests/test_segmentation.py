"""Text cut for the index, and queries cut alike, in plain SQLite."""

from __future__ import annotations

import re
import sqlite3

import pytest

from openplans.text import traditional
from openplans.text.segmentation import cut, nearly, parts, pieces, query, reckoned

TEXTS = [
    "每千名老人拥有养老床位55张",
    "老年人营养均衡",
    "平阳县居家养老服务中心",
    "粮食播种面积33万亩",
    "粮食播种面积333万亩",
    "Urbanization rate, ＡＩ＋政务 1.6",
]


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table texts using fts5 (text)")
    connection.executemany("insert into texts (rowid, text) values (?, ?)", enumerate(map(cut, TEXTS)))
    return connection


def found(index: sqlite3.Connection, typed: str) -> list[int]:
    return [row[0] for row in index.execute("select rowid from texts where texts match ? order by 1", [query(typed)])]


@pytest.mark.parametrize(
    ("typed", "known", "queries"),
    [
        ("独居老人", ["老 人"], ['("老 人")', '"老 人"']),
        ("平阳 独居老人", ["平 阳", "老 人"], ['("平 阳") AND ("老 人")', '"平 阳" OR "老 人"']),
        ("残疾人补贴", ["残 疾", "残 疾 人", "补 贴"], ['("残 疾 人" OR "补 贴")', '"残 疾 人" OR "补 贴"']),
        ("grain ouput", ["grain"], ['("grain" *)', '"grain" *']),
        ("星际旅行团队", ["团 队"], ["", ""]),  # less than half of it
        ("kindergarden", ["kinderga", "kind"], ['("kinderga" *)', '"kinderga" *']),
        ("kindergarden", ["kinder"], ["", ""]),  # less than three fifths
        ("roed", ["roe"], ["", ""]),  # less than four letters
        ("2025年要完成什么", ["2025", "完 成"], ['("2025")', '"2025"']),
        ("24%", ["24", "percent"], ['("24" OR "percent" *)', '"24" OR "percent" *']),
    ],
)
def test_what_is_near_has_the_known_parts_of_every_piece_then_of_any(
    typed: str, known: list[str], queries: list[str]
) -> None:
    asked = nearly(typed, lambda query: plain(query.removesuffix(" *")).strip('"') in known, lambda _: (), lambda _: ())
    assert [plain(query) for query in list(asked)[1:]] == queries


def test_a_word_for_which_the_plans_have_another_is_that_one_too() -> None:
    there = {"老兵": ["退役军人"]}
    asked = nearly(
        "平阳 老兵",
        lambda query: "平 阳" in query or "退 役 军 人" in query,
        lambda word: there.get(word, ()),
        lambda _: (),
    )
    [meaning, known, _] = map(plain, asked)
    assert meaning == '("平 阳") AND ("老 兵" OR "退 役 军 人")'
    assert known == '("平 阳") AND ("老 兵" OR "退 役 军 人")'


@pytest.mark.parametrize(
    ("typed", "known", "patterns"),
    [
        ("教玉局", [], ["?玉局", "教?局", "教玉?"]),
        ("教玉局", ["教 玉"], ["教玉?"]),
        ("就业率", ["就 业"], ["就业?"]),
        ("就业率", ["就 业", "业 率"], []),  # both pairs are written: no slip, and not 失业率
        ("城镇", [], []),  # of two characters every word is near another
    ],
)
def test_a_name_may_have_one_character_wrong_where_nobody_writes_it_so(
    typed: str, known: list[str], patterns: list[str]
) -> None:
    asked: list[str] = []

    def called(some: list[str]) -> list[str]:
        asked.extend(some)
        return []

    list(nearly(typed, lambda query: plain(query).strip('"') in known, lambda _: (), called))
    assert asked == patterns


def test_another_document_is_not_near() -> None:
    assert [*nearly("浙委发〔2025〕1号", lambda query: "2025" in query, lambda _: (), lambda _: ())][1:] == ["", ""]
    assert parts("浙委发(2025)1号") == ["浙委发(2025)1号"]


def test_a_part_that_leaves_a_single_character_comes_last() -> None:
    known = ["农 村 电", "农 村", "电 商"]
    asked = nearly("农村电商", lambda query: plain(query).strip('"') in known, lambda _: (), lambda _: ())
    assert plain([*asked][1]) == '("农 村" OR "电 商")'


def test_no_word_goes_on_beyond_a_mark_or_a_cell(index: sqlite3.Connection) -> None:
    assert cut("艺术村、电商村等。（一）农播") == "艺 术 村 ǁ 电 商 村 等 ǁ 一 农 播"
    assert cut("供水率\u300098%\u3000住建局") == "供 水 率 ǁ 98 percent ǁ 住 建 局"
    assert cut("1,000 1:50，2023") == "1 000 1 50 2023"


def plain(query: str) -> str:
    """A query without what leaves out words that are none."""
    return re.sub(r'\(("[^"]*") NOT "[^"]*"\)', r"\1", query)


def test_only_so_much_of_what_is_typed_is_asked_for() -> None:
    asked: list[str] = []
    list(nearly("三" * 1000 + " 四" * 1000, lambda query: bool(asked.append(query)), lambda _: (), lambda _: ()))
    assert len(asked) < 1000


def test_every_chinese_character_is_a_word_and_letters_and_digits_are_apart() -> None:
    assert cut("到2027年，ＡＩ养老33.5万畝（100%）") == "到 2027 年 ǁ ai 养 老 33 5 万 亩 100 percent"
    assert cut("PM2.5") == cut("ＰＭ 2.5") == "pm 2 5"
    assert cut("") == cut("，。") == ""


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("床位", [0]),
        ("养老", [0, 2]),
        ("平阳 养老", [2]),
        ("平阳养老", [2]),
        ("养老　服务", [2]),
        ("33万亩", [3]),
        ("万亩", [3, 4]),
        ("urban", [5]),
        ("ai", [5]),
        ("ＡＩ", [5]),
        ("1.6", [5]),
        ("没有的词", []),
        ("養老", [0, 2]),
        ("平阳、养老", [2]),
        ("养老；床位", [0]),
        ("养 老 床 位", [0]),
        ("AI 1.6", [5]),
    ],
)
def test_a_query_finds_the_pieces_as_typed(index: sqlite3.Connection, typed: str, rows: list[int]) -> None:
    assert found(index, typed) == rows


@pytest.mark.parametrize(
    ("typed", "parted"),
    [
        ("平阳　养老", "平阳 养老"),
        ("养老、床位，托位；助餐/托育+5G", "养老 床位 托位 助餐 托育 5g"),
        ("養老床位", "养老床位"),
        ("养 老 床 位", "养老床位"),
        ("2027年", "2027"),
        ("到２０２７年", "2027"),
        ("2027年养老床位", "2027 养老床位"),
        ("2027 年 养老", "2027 养老"),
        ("平阳2025年", "平阳 2025"),
        ("2027年底", "2027"),
        ("2027年底前托位", "2027 托位"),
        ("2027 年底 托位", "2027 托位"),
        ("年底", "年底"),
        ("二〇二七年 托位", "2027 托位"),
        ("27年 托位", "2027 托位"),
        ("再延长30年", "再延长30年"),
        ("城乡收入比 哪个县最低", "城乡收入比"),
        ("最低生活保障", "最低生活保障"),
        ("托儿所多少钱", "托儿所"),
        ("Not reached", "notreached"),
        ("2023—2027年", "2023-2027"),
        ("2000万元 1,000亩 1:50", "2000万元 1,000亩 1:50"),
        ("建政函〔2023〕37号", "建政函(2023)37号"),
        ("330411-xiuzhou-2023-t001", "330411-xiuzhou-2023-t001"),
        ("，年、", ""),
        ("2027年城乡收入比是多少？", "2027 城乡收入比"),
        ("秀洲 技能培训 谁负责", "秀洲 技能培训"),
        ("请问平阳县住建局负责什么", "平阳县住建局"),
        ("How many nursery places in Xiuzhou?", "nursery places xiuzhou"),
        ("哪些村是历史文化名村", "历史文化名村"),
        ("doctors per 1000, who builds our railway", "doctors 1000 railway"),
        ("谁负责", "谁负责"),
        ("负责人 多少", "负责人"),
    ],
)
def test_what_is_typed_is_parted_into_pieces(typed: str, parted: str) -> None:
    assert pieces(typed) == parted.split()


@pytest.mark.parametrize(
    ("typed", "parted"),
    [
        ("乡下医生够不够", "乡下医生"),
        ("老人吃饭问题", "老人吃饭"),
        ("哪里可以托育", "托育"),
        ("平阳县今年gdp目标", "平阳县 gdp"),
        ("今年要建几个停车场", "停车场"),
        ("农民一年收入", "农民 收入"),
        ("洞头哪个镇有老年食堂", "洞头 有老年食堂"),
        ("我们村的路什么时候修好", "村的路 修好"),  # 的 beside one character is part of the word
        ("建德的托位", "建德 托位"),
        ("年经营性收入50万元以上的村", "年经营性收入 50 万元以上"),
        ("平阳建了多少个养老服务中心", "平阳 养老服务中心"),
        ("农村低保每月啥标准", "农村低保 标准"),
    ],
)
def test_what_says_nothing_of_a_thing_is_left_out_of_its_parts(typed: str, parted: str) -> None:
    assert parts(typed) == parted.split()


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("到期", "到期,到期未公布"),
        ("未到期", "未到期"),
        ("达到", "已达到"),
        ("未达到", "未达到"),
        ("没达到", "未达到"),
        ("公布", "已公布"),
        ("到期未公布", "到期未公布"),
        ("低于3", "低于3"),
        ("不低于3", "不低于3"),
        ("reached", "reached"),
        ("not reached", "not reached"),
    ],
)
def test_a_word_is_not_found_in_its_negation(typed: str, texts: str) -> None:
    written = [
        "到期",
        "未到期",
        "到期未公布",
        "已公布",
        "已达到",
        "未达到",
        "低于3",
        "不低于3",
        "reached",
        "not reached",
    ]
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table texts using fts5 (text)")
    connection.executemany("insert into texts (text) values (?)", [[cut(each)] for each in written])
    found = connection.execute("select rowid from texts where texts match ? order by 1", [query(typed)])
    assert ",".join(written[number - 1] for (number,) in found) == texts


def test_traditional_characters_are_those_of_opencc() -> None:
    assert "".join(f"{line}\n" for line in traditional.lines()) == traditional.from_opencc()
    assert not set(traditional.forms()) & set(traditional.forms().values()), "folding twice changes nothing"


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "*", "AND", "养老 OR", "text:养老", "NEAR(养 老)", "^养老", "-", "(((", "'", "\x00"]
)
def test_nothing_typed_breaks_the_query(index: sqlite3.Connection, typed: str) -> None:
    assert found(index, typed) in ([], [0, 2])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("五百亩", "500亩"),
        ("六百亿元", "600亿元"),
        ("十四万平方米", "14万平方米"),
        ("两千户", "2000户"),
        ("一百零二个", "102个"),
        ("一百二", "120"),
        ("三万五", "3.5万"),
        ("一万二千三百人", "1.23万人"),
        ("一亿五千万", "1.5亿"),
        ("一点五万", "1.5万"),
        ("五个", "5个"),
        ("百分之九十五点五", "95.5%"),
        ("百分之百", "100%"),
        ("九成", "90%"),
        ("七成半以上", "75%以上"),
        ("不低于90%", "90%"),
        ("至少三百家", "300家"),
        ("十四五", "十四五"),
        ("二〇二五", "二〇二五"),
        ("三五年", "三五年"),
        ("三农", "三农"),
        ("九成宫", "九成宫"),
        ("养老", "养老"),
    ],
)
def test_a_number_in_chinese_is_found_in_figures(typed: str, printed: str) -> None:
    assert reckoned(typed) == printed


def test_a_number_in_chinese_is_asked_for_both_ways(index: sqlite3.Connection) -> None:
    assert found(index, "三十三万亩") == [3]
    assert found(index, "五十五张") == [0]
    assert found(index, "三百三十三万亩") == [4]
    asked = nearly("不低于三十张 麦子", lambda query: "33" in query, lambda _: (), lambda _: ())
    assert plain(next(asked)) == '(("30 张" OR ("30"))) AND ("麦 子")'
