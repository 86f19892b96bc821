"""What stands beside the pages for each chart, in both languages."""

from __future__ import annotations

import json
import re
import struct
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageColor

from openplans import charts
from openplans.charts import broken, outlines, picture
from openplans.charts.style import VARIABLES
from openplans.downloads import indicators
from openplans.pages import concept_charts
from openplans.pages.chart_files import chart_files
from openplans.pages.concept_charts import ConceptChart
from openplans.pages.page import Site, environments
from openplans.paths import HOUSE, Paths
from tests.conftest import facts_of

LANGUAGES = {"zh": ("", ""), "en": ("en/", ".en")}


@cache
def figures_of(root: Path) -> dict[str, ConceptChart]:
    """The figures of a project without their drawings, which these tests don't look at."""
    facts = facts_of(root)
    wanted = concept_charts.wanted(facts)
    return concept_charts.assembled(facts, wanted, [dict.fromkeys(charts.SIZES, charts.Drawing())] * len(wanted))


def read(paths: Paths, name: str) -> str:
    return (paths.output / name).read_text(encoding="utf-8")


def test_every_chart_has_its_files(built: Paths) -> None:
    concepts = ("farms-total", "income-ratio", "village-coverage", "village-income")
    sizes = ("", ".narrow")
    endings = [
        f"{size}{language}.{kind}" for size in sizes for language in ("", ".en") for kind in ("svg", "png", "vg.json")
    ]
    assert sorted(each.name for each in (built.output / "data/charts").iterdir()) == sorted(
        f"{concept}{ending}" for concept in concepts for ending in [*endings, ".vl.json", ".en.vl.json"]
    )


@pytest.mark.parametrize("size", ["", ".narrow"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "zh",
            [
                "和美乡村覆盖率，单位：%",
                "%",
                "空心圆是目标值。实心菱形是实际值。",
                "文件：例省计划（2025-01-01），例县计划（例政〔2023〕1号）",
            ],
        ),
        (
            "en",
            [
                "Village coverage, unit: percent",
                "percent",
                "Hollow circles are targets. Filled diamonds are actual figures.",
            ],
        ),
    ],
)
def test_a_picture_says_what_it_shows_and_where_it_is_from(
    built: Paths, language: str, said: list[str], size: str
) -> None:
    svg = read(built, f"data/charts/village-coverage{size}{LANGUAGES[language][1]}.svg")
    root = ElementTree.fromstring(svg)
    texts = [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]
    whole = "".join(texts).replace(" ", "")
    assert [each for each in said if each.replace(" ", "") not in whole] == []
    assert whole.startswith(root.findtext("{http://www.w3.org/2000/svg}title", "").replace(" ", "")), (
        "the sentence first"
    )
    assert "1.0.0(2025-03-01)" in whole.replace("（", "(").replace("）", ")") and "CCBY4.0" in whole
    assert not re.search(r"var\(|style=|class=|<script|href", svg)
    assert set(re.findall(r"#[0-9a-f]{3,6}", svg)) <= set(VARIABLES)


def test_a_narrow_picture_leaves_to_its_marks_what_a_document_says_elsewhere(real: Paths) -> None:
    wide, narrow = (read(real, f"data/charts/farmhouse-leisure-revenue{size}.svg") for size in ("", ".narrow"))
    assert "另一处写6.5亿元" in wide and "另一处" not in narrow and "写得不同的两个数" in narrow and "6.5" in narrow


def test_every_picture_is_a_png_as_wide_as_networks_and_newspapers_ask(built: Paths) -> None:
    for name, width in (("village-coverage", 1200), ("village-coverage.narrow.en", 567)):
        head = (built.output / f"data/charts/{name}.png").read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">I", head[16:20]) == (width,)


def test_a_picture_has_letters_of_our_own_and_the_same_bytes_whatever_family_the_svg_asks_for(built: Paths) -> None:
    svg = read(built, "data/charts/village-coverage.svg")
    other = re.sub('font-family="[^"]*"', 'font-family="Nothing Like It"', svg, count=1)
    assert picture.png(other) == (built.output / "data/charts/village-coverage.png").read_bytes()
    without = re.sub("<text[^>]*>[^<]*</text>", "", svg)
    assert len(picture.png(without)) < len(picture.png(svg)), "the letters are drawn"


def test_a_picture_has_every_colour_of_its_chart(real: Paths) -> None:
    """The pale lines of the grid too, in a chart of as many lines as there are."""
    for svg in sorted((real.output / "data/charts").glob("*.svg")):
        drawn = {colour for _, colour in Image.open(svg.with_suffix(".png")).convert("RGB").getcolors(100)}
        strokes = {ImageColor.getrgb(each) for each in re.findall(r'stroke="(#\w+)"', svg.read_text(encoding="utf-8"))}
        assert strokes - drawn == set(), svg.name


def test_the_fonts_have_the_letters_of_every_name_and_document() -> None:
    """What has no letter in the fonts would be missing in a picture."""
    have = set(TTFont(outlines.FONTS / "OpenPlansSans-Regular.otf").getBestCmap())
    assert have == set(TTFont(outlines.FONTS / "OpenPlansSans-Bold.otf").getBestCmap())
    for each in figures_of(HOUSE).values():
        said = "".join([*each["titles"].values(), *each["measured"].values(), *each["documents"].values()])
        assert {letter for letter in said if ord(letter) not in have} == set()


def test_the_picture_of_an_indicator_is_what_is_shared(built: Paths) -> None:
    """Only where the site's address is known can a network find it; the page's front matter has the way."""
    page = read(built, "indicators/village-coverage/index.html")
    assert 'data/charts/village-coverage.png"' in page and (built.output / "data/charts/village-coverage.png").is_file()


def test_a_chart_that_is_a_sentence_is_a_picture_of_it(tmp_path: Path) -> None:
    equal = {key: each for key, each in figures_of(HOUSE).items() if each["form"] == "equal"}
    assert equal
    words = environments(Paths.of(HOUSE), Site("1", "2025-01-01"), facts_of(HOUSE).registry)
    files = dict(chart_files(equal, words))
    assert not [name for name in files if name.endswith(".json")]
    points = facts_of(HOUSE).chart_points
    led_to = {key for key, each in points.items() if "vega" not in indicators.chart(each, key, "zh", "")}
    assert led_to == set(equal), "the JSON of an indicator leads to no specification that is not there"
    for key, each in equal.items():
        assert (
            each["titles"]["zh"] in files[f"embed/{key}/index.html"] and "<svg" not in files[f"embed/{key}/index.html"]
        )
        assert "<text" in files[f"data/charts/{key}.svg"] and "<path" not in files[f"data/charts/{key}.svg"]


def test_a_specification_is_whole(built: Paths) -> None:
    spec = json.loads(read(built, "data/charts/village-coverage.en.vl.json"))
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    [targets] = [each for each in spec["layer"] if each.get("name") == "targets"]
    rows = targets["data"].get("values") or spec["datasets"][targets["data"]["name"]]
    assert [(row["region"], row["year"], row["converted"], row["printed"]) for row in rows] == [
        ("Example Province", 2025, 85, "≥85%"),
        ("Example Province", 2027, 95, "95%"),
        ("Example County", 2023, 50, "50%"),
        ("Example County", 2025, 90, "≥90%"),
        ("Example County", 2025, 80, "80%"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_embedded_page_stands_alone_and_leads_to_the_indicator(built: Paths, language: str) -> None:
    folder, _ = LANGUAGES[language]
    page = read(built, f"{folder}embed/village-coverage/index.html")
    root = "../../../" if folder else "../../"
    assert f'href="{root}{folder}indicators/village-coverage/index.html" target="_blank" rel="noopener"' in page
    assert f'href="{root}assets/openplans.css"' in page and '<meta name="robots" content="noindex">' in page
    scripts = re.findall("<script[^>]*>", page)
    assert scripts == [f'<script src="{root}assets/theme.js">', f'<script src="{root}assets/embed.js" defer>']
    assert "default-src 'none'" in page and len(page.encode()) < 30_000


def test_a_long_text_is_broken_between_words_or_characters() -> None:
    assert broken("和美乡村覆盖率", 320, 1.25) == ["和美乡村覆盖率"]
    assert broken("省级及以上产业园区工业增加值占县域工业增加值比重", 320, 1.25) == [
        "省级及以上产业园区工业增加值占县域工业增加",
        "值比重",
    ]
    assert broken("Share of villages whose collective earns 1 million yuan or more", 320, 1.25) == [
        "Share of villages whose collective",
        "earns 1 million yuan or more",
    ]


def test_no_line_begins_with_the_end_of_a_phrase_and_an_address_is_broken_between_its_parts() -> None:
    assert broken("一二三四五，六（七八）", 58) == ["一二三四", "五，六", "（七八）"]
    assert broken("到2023—2027年共5个；不低于3A级", 62) == ["到", "2023—2027年", "共5个；不", "低于3A级"]
    assert broken("plan (洞字〔2023〕14号), one", 62) == ["plan (洞字", "〔2023〕", "14号),", "one"]
    assert broken("数据，CC\xa0BY\xa04.0", 80) == ["数据，", "CC BY 4.0"]
    assert broken("https://example.org/indicators/village-coverage/", 230) == [
        "https://example.org/indicators/",
        "village-coverage/",
    ]


def test_a_picture_names_the_plans_that_it_quotes_and_who_published_the_rest() -> None:
    """Not the plan of a region whose actual figures alone are drawn."""
    found = figures_of(HOUSE)["gdp-growth"]
    assert {row["region"].name_zh for row in found["rows"]} == {"浙江省", "平阳县", "洞头区", "建德市"}
    documents, _, publishers = found["documents"]["zh"].partition("；实际值：")
    assert documents == "文件：洞头区计划（洞政办发〔2023〕14号）" and publishers.endswith("个")
    assert "actual figures: " in found["documents"]["en"]
    assert "浙江省计划" in figures_of(HOUSE)["nongchuangke-total"]["documents"]["zh"], "its title names the province"


def test_a_title_says_once_what_a_unit_is() -> None:
    assert figures_of(HOUSE)["grain-area"]["titles"]["en"].count("(1/15 ha)") == 1
    assert figures_of(HOUSE)["grain-area"]["titles"]["en"].count(" mu ") == 4
