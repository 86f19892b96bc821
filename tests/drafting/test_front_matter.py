"""What a document says of itself: who issued it, under which number and when."""

from __future__ import annotations

import pytest

from openplans.drafting.cutting import clauses
from openplans.drafting.front_matter import front_matter, period
from openplans.drafting.receiving import Line, Received

TITLE = "甲县城乡融合发展方案"


def told(title: str, *lines: str, page: str = "") -> dict[str, str]:
    """What is read of a document of these lines, shown on a page with such a card."""
    found = (*([Line(page, page=True)] if page else []), *map(Line, lines))
    front = front_matter(title, 2026, clauses(found, title), Received(found, "\n".join(lines)))
    return {name: value for name, value in vars(front).items() if value and name not in ("start", "end")}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ("甲县人民政府办公室关于印发《甲县城乡融合发展方案》的通知", "甲政办发〔2026〕9号", "各乡镇：", "请执行。"),
            {"issuer": "甲县人民政府办公室", "doc_number": "甲政办发〔2026〕9号"},
        ),
        (
            ("甲县人民政府关于印发方案的通知", "请执行。", "甲县人民政府办公室", "2026年3月9日", TITLE, "一、目标"),
            {"issuer": "甲县人民政府办公室", "issued": "2026-03-09"},  # who signs counts
        ),
        (
            ("中共甲县委办公室　甲县人民政府办公室关于印发《甲县城乡融合发展方案》的通知", "各乡镇：", "请执行。"),
            {"issuer": "中共甲县委办公室 甲县人民政府办公室"},
        ),
        (
            (
                "中共甲县委　甲县人民政府",
                "关于城乡融合发展的意见",
                "（2026年3月9日）",
                "现提出如下意见。",
            ),
            {"issuer": "中共甲县委 甲县人民政府", "issued": "2026-03-09"},  # nobody signs: below the title
        ),
        (("甲县关于城乡融合发展的若干措施", "为推进城乡融合，提出如下措施。"), {}),  # a county is no issuer
        (("甲县新增学位300个的方案", "到（2026年3月9日）为止，新增学位300个。"), {}),
    ],
)
def test_what_a_document_says_of_itself(lines: tuple[str, ...], expected: dict[str, str]) -> None:
    title = next(line for line in lines if line.endswith(("意见", "措施", "方案", "通知")))
    assert told(title, *lines) == expected


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        ("发布时间：2026-04-20 来源：县政府办公室", {"published": "2026-04-20"}),
        ("成文日期：2026年3月9日 发布日期：2026-04-20", {"issued": "2026-03-09", "published": "2026-04-20"}),
        ("索 引 号　0143/2026-1　成文日期　2026-03-09", {"issued": "2026-03-09"}),
        (
            "发文机关：甲县人民政府 发文字号：甲政发〔2026〕9号",
            {"issuer": "甲县人民政府", "doc_number": "甲政发〔2026〕9号"},
        ),
        ("制发单位：甲县农业农村局　日期：2026.04.20", {"issuer": "甲县农业农村局", "published": "2026-04-20"}),
        ("废止时间：2028-01-01 生效日期：2026-05-01 施行日期：2026-05-01", {}),
    ],
)
def test_what_the_card_of_its_page_says(card: str, expected: dict[str, str]) -> None:
    assert told(TITLE, TITLE, "新增学位300个。", page=card) == expected


def test_what_is_printed_counts_before_the_card_of_the_page() -> None:
    signed = (TITLE, "新增学位300个。", "甲县人民政府", "2026年3月9日")
    assert told(TITLE, *signed, page="发文机关：乙县人民政府 成文日期：2026-03-01") == {
        "issuer": "甲县人民政府",
        "issued": "2026-03-09",
    }


@pytest.mark.parametrize(
    ("lasts", "end"),
    [
        ("有效期3年。", "2027"),
        ("有效期限为五年。", "2029"),
        ("许可有效期5年。", "2024"),
        ("2024年起5年内，培训9人。", "2028"),
        ("从2020年起3年内培训。", "2024"),
        ("“十五五”期间，建成基地10个。", "2030"),
        ("力争经过5年努力，产值达到9亿元。", "2028"),
        ("“十五五”期间，全市已有基地。", "2024"),
        ("长期有效。2026年，入园率达到50%以上。", "2026"),
        ("长期有效。2026年，国家将修订办法。", "2024"),
    ],
)
def test_measures_hold_as_long_as_they_say(lasts: str, end: str) -> None:
    cut = clauses((Line("某区人才政策措施"), Line(f"本措施自印发之日起施行，{lasts}")), "某区人才政策措施")
    assert period("某区人才政策措施", 2024, cut)[1][:4] == end
