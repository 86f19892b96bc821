"""Hedges: a word counts where it hedges, and in the clause part that it governs."""

from __future__ import annotations

import pytest

from openplans.schema import contract
from openplans.text.hedges import hedges, part_start

COMMITMENT = contract.fields(contract.tables("plan")["targets"])["commitment"]
WORDS = tuple(COMMITMENT["constraints"]["enum"])


def found(text: str) -> list[str]:
    return [word for _, word in hedges(text, WORDS, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("力争建成20个", ["力争"]),
        ("力争创成示范园2个", ["力争"]),
        ("积极争创国家级示范区", ["争创"]),
        ("积极争取各类债券额度8亿元以上", ["争取"]),
        ("超额完成中央预算内资金争取任务", []),
        ("努力打造1条产业链", ["努力"]),
        ("通过共同努力,建成3家", []),
        ("原则上每镇1家", ["原则上"]),
        ("按照稳妥原则,撤并3所", []),
        ("与经济增长基本同步", ["基本"]),
        ("实现基本全覆盖", ["基本"]),
        ("基本上建成10个", ["基本"]),
        ("基本公共服务实现均等化", []),
        ("永久基本农田全部建成", []),
        ("基本医疗保险参保率99%", []),
        ("计划培训1000人次", ["计划"]),
        ("2025年计划培训1000人次", ["计划"]),
        ("实施三年行动计划", []),
        ("实施“星空计划”,确保招引3000名", []),
        ("拟建5家", ["拟"]),
        ("模拟演练3次", []),
        ("拟定标准3项", []),
        ("到2027年,预计达到5万人", ["预计"]),
        ("确保达到98%", []),
        ("力争提前完成,争取零的突破", ["力争", "争取"]),
        ("争取零的突破,力争提前完成,争取再多", ["争取", "力争", "争取"]),
    ],
)
def test_a_word_counts_where_it_hedges(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("城乡一体,力争建成20个", "力争建成20个"),
        ("城乡一体,力争到2027年,建成20个", "力争到2027年,建成20个"),
        ("甲;力争到2027年底,建成20个", "力争到2027年底,建成20个"),
        ("甲。乙;丙:力争建成20个", "力争建成20个"),
        ("甲。乙；丙：力争建成20个", "力争建成20个"),
        ("力争建成2个、新增20个", "力争建成2个、新增20个"),
        ("力争培训1,500人20个", "力争培训1,500人20个"),
        ("倍差　力争20个", "力争20个"),
        ("20个", "20个"),
        (";20个", "20个"),
    ],
)
def test_a_part_ends_at_commas_and_stops_but_not_within_a_list_or_a_number(text: str, part: str) -> None:
    assert text[part_start(text, text.index("20个")) :] == part


def test_every_word_has_its_english_in_the_schema() -> None:
    assert tuple(each["value"] for each in COMMITMENT["categories"]) == WORDS
    for each in COMMITMENT["categories"]:
        assert each["value"] in COMMITMENT["description"]
        assert f"{each['value']} ({each['label_en']})" in COMMITMENT["description_en"]
