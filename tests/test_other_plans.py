"""Another province's plans, in a root of their own: other codes, longer names, two plans of a region in one year."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from openplans.database import examples
from openplans.packages import publisher as settings
from openplans.packages.publisher import Licence, publisher
from openplans.paths import HOUSE, Paths
from openplans.pipeline import make_site
from openplans.problems import PublishError
from openplans.text import segmentation
from tests.conftest import TINY, Silent, command, facts_of, judge

RENAMED = (("990101-tiny-2023", "510184003-li-zhen-2023"), ("990000", "510000"), ("990101", "510184003"))
"""A township's code has nine digits (GB/T 10114), and its name two words."""

SECOND = "510184003-li-zhen-2023-water"
"""The second plan of the same township and year."""


def rewrite(folder: Path, names: tuple[tuple[str, str], ...]) -> None:
    """Replace names in all files of a folder."""
    for path in folder.rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        for old, new in names:
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of files of its own: no line of code or template knows of it."""
    root = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(TINY / "datapackages", root / "datapackages")
    rewrite(root / "datapackages", RENAMED)
    plans = root / "datapackages" / "plans"
    (plans / "990000-wide-2025").rename(plans / "510000-wide-2025")
    (plans / "990101-tiny-2023").rename(plans / "510184003-li-zhen-2023")
    shutil.copytree(plans / "510184003-li-zhen-2023", plans / SECOND)
    rewrite(plans / SECOND, (("510184003-li-zhen-2023", SECOND),))
    regions = root / "datapackages" / "registry" / "regions.csv"
    regions.write_text(regions.read_text(encoding="utf-8").replace(",county,", ",township,"), encoding="utf-8")
    return root


def test_another_provinces_data_has_no_problem(elsewhere: Path) -> None:
    assert judge(elsewhere) == []


LICENCE = '{ name = "CC-BY-SA-4.0", title = "Share alike", path = "https://creativecommons.org/licenses/by-sa/4.0/" }'

SETTINGS = f"""name = "某省计划公开"
publisher = "某省发展改革研究院"
licence = {LICENCE}
keywords = ["某省", "规划"]
languages = ["zh"]
logo = "sign.svg"
contact = "plans@example.org"
base_url = "https://plans.example.org/"
"""

OWN = {
    "sign.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "templates/assets/theme.js": "// 某省\n",
    "templates/files/robots.txt.j2": "# {{ site.publisher.publisher }}\n",
    "templates/locale/zh.po": 'msgid "报告错误"\nmsgstr "我要纠错"\n',
    "templates/overrides/404.html": '{% extends "main.html" %}{% block content %}<h1>走错了</h1>{% endblock %}',
    "templates/pages/about.md.j2": '{% extends "pages/page.md.j2" %}{% block title %}本站{% endblock %}'
    '{% block description %}{% endblock %}{% block body %}<h1>{{ _("关于") }}某省</h1>{% endblock %}',
}
"""What the other root says in its own way: by file in the place of the project's."""


@pytest.mark.parametrize(
    "wrong",
    [
        'title = "x"',
        "name = 1",
        "name = 某省",
        'licence = "CC BY"',
        'keywords = "规划"',
        'languages = ["en"]',
        'languages = ["zh", "fr"]',
        'logo = "none.png"',
        'logo = "../outside.png"',
        'logo = "/etc/hostname"',
        'logo = "site.toml"',
        'contact = "打电话"',
        'contact = "https://["',
        'contact = "a@b?subject=<script>"',
        'base_url = "https://x:99999999/"',
        'base_url = "https://example.org/?page="',
        'base_url = "https://example.org/#top"',
        'base_url = "https://me:secret@example.org/"',
        'repository = "https://example.org/\\"><script>"',
        'datasette = "javascript:alert(1)"',
        'name = "a\\u202eb"',
        'publisher = "a\\u0000b"',
        f'name = "{"长" * 301}"',
        'licence = { name = "x", title = "t", path = "javascript:1" }',
        "keywords = " + "[" * 50_000,
        "name = " + "9" * 5_000,
    ],
)
def test_settings_that_say_nothing_are_refused(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(PublishError, match=r"[\u4e00-\u9fff]"):
        publisher(Paths.of(tmp_path), {})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pages/about.md.j2", b"{% if %}"),
        ("pages/about.md.j2", "关于".encode("gb18030")),
        ("overrides/404.html", b"{% block a %}"),
        ("locale/zh.po", b"msgid a, msgstr b\n# \nhello\n"),
    ],
)
def test_a_template_that_is_none_is_told_by_the_check(tiny: Path, name: str, content: bytes) -> None:
    file = tiny / "templates" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    assert [(each.file, each.rule) for each in judge(tiny)] == [(f"templates/{name}", "bad-settings")]


def test_an_address_ends_where_those_of_pages_begin(tmp_path: Path) -> None:
    for address in ("https://plans.example.org/x", "https://plans.example.org/x/"):
        (tmp_path / "site.toml").write_text(f'base_url = "{address}"\ndatasette = "{address}"', encoding="utf-8")
        found = publisher(Paths.of(tmp_path), {})
        assert found.base_url == found.datasette == "https://plans.example.org/x/"


def test_a_logo_is_a_picture_in_the_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for place in (tmp_path, root):
        (place / "sign.png").write_bytes(b"")
    (root / "led.png").symlink_to("../sign.png")
    for logo, sound in (
        ("sign.png", True),
        ("../sign.png", False),
        (f"{tmp_path}/sign.png", False),
        ("led.png", False),
    ):
        (root / "site.toml").write_text(f'logo = "{logo}"', encoding="utf-8")
        with nullcontext() if sound else pytest.raises(PublishError, match="logo"):
            assert publisher(Paths.of(root), {}).logo == logo


@pytest.mark.parametrize(
    ("name", "short"),
    [("CC-BY-4.0", "CC BY 4.0"), ("CC-BY-SA-4.0", "CC BY-SA 4.0"), ("CC0-1.0", "CC0 1.0"), ("ODbL-1.0", "ODbL 1.0")],
)
def test_a_licence_is_called_what_people_call_it(name: str, short: str) -> None:
    assert Licence(name).short == short


def test_without_settings_the_licence_is_that_of_the_registry(tmp_path: Path) -> None:
    told = {"licenses": [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}]}
    assert publisher(Paths.of(tmp_path), told).licence.short == "CC0 1.0"


@pytest.fixture(scope="module")
def published(elsewhere: Path) -> Path:
    """The site of the other root, with settings, templates and words of its own."""
    for name, text in {"site.toml": SETTINGS, **OWN}.items():
        file = elsewhere / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    make_site(Paths.of(elsewhere), Silent(), scheduler="serial")
    return elsewhere / "site"


def page(site: Path, address: str) -> str:
    return (site / address).read_text(encoding="utf-8")


def test_a_site_is_built_of_another_root(published: Path) -> None:
    for plan in ("510184003-li-zhen-2023", SECOND):
        text = page(published, f"plans/{plan}/targets/index.html")
        assert 'id="t001"' in text and "990101" not in text
        assert f'<link rel="canonical" href="https://plans.example.org/plans/{plan}/targets/' in text
        assert "某省计划公开</title>" in text


def test_every_page_and_file_speaks_of_its_publisher(published: Path) -> None:
    for path in sorted(published.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"Open Plans|CC BY 4\.0", text), path
    home = page(published, "index.html")
    assert "数据以 CC BY-SA 4.0 授权" in home and 'src="assets/sign.svg"' in home
    catalogue = json.loads(page(published, "data/catalog.json"))
    assert catalogue["dct:publisher"]["foaf:name"] == "某省发展改革研究院"
    assert catalogue["dcat:contactPoint"]["vcard:hasEmail"] == {"@id": "mailto:plans@example.org"}
    assert catalogue["dcat:keyword"] == ["某省", "规划"]
    assert catalogue["dct:license"]["@id"].endswith("/by-sa/4.0/")
    metadata = json.loads(page(published, "data/datasette-metadata.json"))
    assert (metadata["title"], metadata["license"]) == ("某省计划公开", "CC BY-SA 4.0")
    for feed in sorted(published.rglob("*.atom.xml")):
        assert "<name>某省发展改革研究院</name>" in feed.read_text(encoding="utf-8")


def test_a_site_in_one_language_leads_nowhere_else(published: Path) -> None:
    assert not (published / "en").exists()
    for path in sorted(published.rglob("*.html")):
        assert not re.search(r'href="(?:\.\./)*en/|hreflang="en"', path.read_text(encoding="utf-8")), path


def test_a_root_may_have_all_templates_of_the_house_and_those_it_changed_are_parsed(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[Path] = []
    monkeypatch.setattr(settings, "_unlike_template", lambda path: parsed.append(path))
    shutil.copytree(HOUSE / "templates", tiny / "templates")
    assert judge(tiny) == [] and parsed == []
    about = tiny / "templates/pages/about.md.j2"
    about.write_text(about.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert judge(tiny) == [] and parsed == [about]


def test_a_template_that_was_broken_after_a_check_is_told(tiny: Path) -> None:
    (tiny / "templates/files").mkdir(parents=True)
    codes = []
    for content in ("{{ a }}", "{{ a }"):
        (tiny / "templates/files/robots.txt.j2").write_text(content, encoding="utf-8")
        done = command("check", "--root", tiny)
        codes.append(done.returncode)
    assert codes == [0, 1] and "templates/files/robots.txt.j2:1" in done.stdout


def test_a_template_that_stands_for_none_and_that_none_uses_is_told(tiny: Path) -> None:
    (tiny / "templates/pages").mkdir(parents=True)
    misnamed = tiny / "templates/pages/abuot.md.j2"
    misnamed.write_text("{% extends 'pages/page.md.j2' %}", encoding="utf-8")
    [told] = judge(tiny)
    assert (told.file, told.line) == ("templates/pages/abuot.md.j2", 1)
    assert "不起作用" in told.zh and "pages/about.md.j2" in told.zh and "does nothing" in told.en
    misnamed.rename(tiny / "templates/pages/about.md.j2")
    (tiny / "templates/own.j2").write_text("", encoding="utf-8")
    [told] = judge(tiny)
    assert told.file == "templates/own.j2"
    (tiny / "templates/pages/about.md.j2").write_text("{% include 'own.j2' %}", encoding="utf-8")
    assert judge(tiny) == []


def test_templates_and_words_of_a_root_win_file_by_file(published: Path) -> None:
    assert "<h1>关于某省</h1>" in page(published, "about/index.html")
    assert "<h1>走错了</h1>" in page(published, "404.html")
    assert page(published, "robots.txt") == "# 某省发展改革研究院\n"
    assert page(published, "assets/theme.js") == "// 某省\n"
    home = page(published, "index.html")
    assert "我要纠错" in home and "报告错误" not in home
    assert "引用这一页" in home, "what is not its own stays"


def test_the_examples_of_queries_are_in_the_data_of_the_root(elsewhere: Path, published: Path) -> None:
    with closing(sqlite3.connect(published / "data" / "openplans.db")) as database:
        database.create_function("near_fts", 1, lambda _: 0)
        for query in examples.filled(facts_of(elsewhere)):
            given = {
                name: segmentation.query(value) if name in query.searched else value
                for name, value in query.example.items()
            }
            assert database.execute(query.sql, given).fetchall() or not any(given.values()), (query.name, given)
    shown = page(published, "data/sql/index.html") + page(published, "data/datasette-metadata.json")
    assert "510184003" in shown and not re.search(r"330\d{3}", shown)
