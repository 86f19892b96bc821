"""The words of the interface: all in the catalogues, all translated, none in a script or in the code."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, nodes

from openplans.facts.registry_records import Unit
from openplans.paths import HOUSE
from openplans.text import i18n

CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""Chinese, and the punctuation that goes with it."""

TEMPLATES = sorted((HOUSE / "templates").glob("p*/*.j2"))
OF_THE_DATA = {"比值", "个", "项", "\u3000", " ｜ "}
"""What the data has and templates compare with: the units of ratios
and of what is counted, and the mark between the cells of a table."""


def bare(source: str) -> list[str]:
    """The Chinese words of a template that are not messages."""
    env = Environment(extensions=["jinja2.ext.i18n"])
    env.newstyle_gettext = True
    tree = env.parse(source)
    names = (
        "_",
        "gettext",
        "ngettext",
        "pgettext",
        "zh",
    )  # words.zh(): words of the documents, Chinese in every edition
    calls = [
        each
        for each in tree.find_all(nodes.Call)
        if getattr(each.node, "name", getattr(each.node, "attr", "")) in names
    ]
    messages = {id(word) for call in calls for word in call.find_all(nodes.Const)}
    words = [
        each.value for each in tree.find_all(nodes.Const) if id(each) not in messages and isinstance(each.value, str)
    ]
    texts = [each.data for each in tree.find_all(nodes.TemplateData)]
    return [each for each in words + texts if CJK.search(each)]


def test_bare_words_are_found() -> None:
    assert bare('<p>{{ _("首页") }} {% trans %}计划{% endtrans %}</p>') == []
    assert bare("<p>首页</p>{{ '计划' }}") == ["计划", "<p>首页</p>"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_the_words_of_a_template_are_messages(path: Path) -> None:
    assert [each for each in bare(path.read_text(encoding="utf-8")) if each not in OF_THE_DATA] == []


def test_every_message_is_translated_and_none_is_left_over() -> None:
    catalogue = i18n.read("en")
    wanted = {message.id for message in i18n.messages() if message.id}
    assert {message.id for message in catalogue if message.id} == wanted, "run `make messages`"
    said = {message.id: message.string if message.pluralizable else [message.string] for message in catalogue}
    assert [id for id, words in said.items() if id and not all(words)] == []
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []


def test_what_has_a_plural_is_never_said_without_it() -> None:
    """gettext has one entry for both, and would say 83 promise."""
    found = [message for _, _, message, _, _ in i18n.extracted()]
    plural = {message[0] for message in found if not isinstance(message, str)}
    assert plural and [message for message in found if isinstance(message, str) and message in plural] == []


def test_a_translation_names_the_same_values_as_its_message() -> None:
    for message in i18n.read("en"):
        said, meant = message.id, message.string
        if said:
            of_all = [said[0] if message.pluralizable else said], (meant if message.pluralizable else [meant])
            for chinese, english in product(*of_all):
                assert set(re.findall(r"%\(\w+\)s", english)) == set(re.findall(r"%\(\w+\)s", chinese)), chinese
                assert not re.search(r"[\u4e00-\u9fff]", english.replace("左右", "")), chinese


@pytest.mark.parametrize("path", sorted((HOUSE / "templates/assets").glob("*.js")), ids=lambda path: path.name)
def test_a_script_has_no_words_of_its_own(path: Path) -> None:
    code = re.sub(r"(?m)//.*$|/\*.*?\*/", "", path.read_text(encoding="utf-8"))
    assert not CJK.search(code)


def test_periods_are_dates_in_words() -> None:
    assert [i18n.day("zh", each) for each in ("2027", "2027-06", "2027-06-05")] == [
        "2027年",
        "2027年6月",
        "2027年6月5日",
    ]
    assert [i18n.day("en", each) for each in ("2027", "2027-06", "2027-06-05")] == ["2027", "June 2027", "5 June 2027"]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("1.41", "亿斤", ("141", "million", "斤")),
        ("600", "亿元", ("60", "billion", "元")),
        ("15", "万吨", ("150,000", "", "吨")),
        ("150", "万套(间)", ("1.5", "million", "套(间)")),
        ("1141", "个", ("1,141", "", "个")),
        ("1.50", "", ("1.50", "", "")),
        ("6.5", "万亿元", ("6,500", "billion", "元")),
        ("5", "万家", ("5", "", "万家")),
    ],
)
def test_english_has_no_ten_thousands(value: str, unit: str, said: tuple[str, str, str]) -> None:
    units = dict.fromkeys(("斤", "元", "吨", "套(间)", "个"))
    assert i18n.scaled("en", units, Decimal(value), unit) == said
    assert i18n.scaled("zh", units, Decimal(value), unit) == (value, "", unit)


def test_chinese_inside_english_is_marked_as_chinese() -> None:
    env = i18n.environment(HOUSE / "templates", "en", {}, {"农创客": "Rural entrepreneurs (农创客)"}, autoescape=True)
    said = env.from_string("{{ text|term|han }} {{ other|han }}").render(text="农创客", other="<i>“土特产”</i> & so on")
    chinese = '<span lang="zh-CN">{}</span>'.format
    assert said == f"Rural entrepreneurs ({chinese('农创客')}) &lt;i&gt;“{chinese('土特产')}”&lt;/i&gt; &amp; so on"


def test_what_only_counts_needs_no_unit_in_english() -> None:
    units = {
        "家": Unit(unit="家", dimension="count", name_en="establishments", base_unit="个", factor=Decimal(1)),
        "人": Unit(unit="人", dimension="people", name_en="people", base_unit="人", factor=Decimal(1)),
    }
    row = SimpleNamespace(comparator="ge", value=Decimal(21), value_max=None, unit="家")
    people = SimpleNamespace(comparator="ge", value=Decimal(21), value_max=None, unit="人")
    env = i18n.environment(HOUSE / "templates", "en", units, {}, autoescape=True)
    words = env.get_template("partials/words.j2").module
    assert "establishments" not in words.amount(row) and "people" in words.amount(people)


@pytest.mark.parametrize(("count", "said"), [(1, "1 task"), (2, "2 tasks"), (0, "0 tasks")])
def test_one_thing_is_said_in_the_singular(count: int, said: str) -> None:
    words = i18n.translations("en")
    assert words.ngettext("%(count)s 项任务", "%(count)s 项任务", count) % {"count": count} == said
