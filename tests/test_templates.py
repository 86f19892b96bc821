"""A template of the root's own that fails while it is rendered: which file and line, in both languages, and the last
good site stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from openplans.artifacts.digests import Digests
from openplans.artifacts.executor import SERIAL
from openplans.build.render import Setting, Shard, html
from openplans.packages.publisher import Publisher
from openplans.pages import pages
from openplans.pages.common import Shared
from openplans.pages.page import Site, environments
from openplans.paths import HOUSE, Paths
from openplans.text import i18n
from openplans.text.failing import WrongTemplate, reported
from openplans.text.i18n import Own
from tests.conftest import command

ABOUT = "pages/about.md.j2"
MACRO = "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}"


def rendered(shared: Shared, name: str, text: str, publisher: str = "") -> dict[str, bytes]:
    """The page "about" as a worker makes it for a root that has one template of its own."""
    site = Site("1.0.0", "2025-01-01", publisher=Publisher(publisher, own=Own(((name, text),))))
    page = next(each for each in pages(shared) if each.path == "about")
    return reported(html)(Shard(Setting.of(site, shared.facts.registry, Digests()), (page,)))


def test_what_is_compiled_ahead_is_what_pages_are_made_of(drawn_from: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every language, whatever the registry: a worker has nothing left to compile."""
    i18n.compile_templates(HOUSE / "templates")
    monkeypatch.setattr(Environment, "_generate", lambda *_, **__: pytest.fail("compiled again"))
    for each in environments(Paths.of(HOUSE), Site("1.0.0", "2025-01-01"), drawn_from.facts.registry).values():
        for path in (HOUSE / "templates" / "pages").glob("*.j2"):
            each.get_template(f"pages/{path.name}")
    with pytest.raises(pytest.fail.Exception, match="compiled again"):
        each.from_string("another")


def test_what_an_older_version_compiled_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A filter that takes other arguments now would be called as it was then."""
    monkeypatch.setattr(i18n, "HOUSE", tmp_path)
    kept = tmp_path / "build/cache/templates"
    kept.mkdir(parents=True)
    (kept / "html-0").write_bytes(b"as it lay there before there were folders")
    i18n._compiled_templates.__wrapped__(True)
    [now] = kept.iterdir()
    changed = tmp_path / "i18n.py"
    changed.write_bytes(Path(i18n.__file__).read_bytes() + b"\n")
    monkeypatch.setattr(i18n, "__file__", str(changed))
    i18n._compiled_templates.__wrapped__(True)
    [later] = kept.iterdir()
    assert now != later and later.is_dir()


PROSE = """{% extends "pages/page.md.j2" %}{% block title %}x{% endblock %}{% block description %}x{% endblock %}
{% block markup %} markdown{% endblock %}
{% block body %}
## Why {: #why }

- *{{ site.publisher.name|literal }}*
{% endblock %}"""


def test_a_page_that_says_so_is_markdown_and_no_value_in_it_is(drawn_from: Shared) -> None:
    """A page that does not say so, as every page of data, is handed through as it is."""
    name = r"# 1. a*b* _c_ [d](e) `f` \g <i>"
    [page] = rendered(drawn_from, ABOUT, PROSE, name).values()
    assert '<h2 id="why">Why</h2>' in page.decode()
    assert r"<li><em># 1. a*b* _c_ [d](e) `f` \g &lt;i&gt;</em></li>" in page.decode().replace("\n", "")
    [page] = rendered(drawn_from, ABOUT, PROSE.replace("{% block markup %} markdown{% endblock %}", "")).values()
    assert "## Why {: #why }" in page.decode()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("{{ nothing }}", "用了没有的名字：'nothing' is undefined"),
        ("{{ site.nothing.more }}", "用了没有的名字"),
        ('{% include "partials/none.j2" %}', "没有这个模板：partials/none.j2"),
        ("{{ 1|nothing }}", "模板读不通：No filter named 'nothing'"),
        ("{% block body %}{% endblock %}", "模板读不通：block 'body' defined twice"),
        ('{{ "x"|round }}', "模板渲染时出错"),
        ("{{ 1 / 0 }}", "模板渲染时出错：division by zero"),
        ("{{ to() }}", "模板渲染时出错"),
        (MACRO, "模板没完没了地调用自己"),
        ("{% for each in range(10 ** 12) %}{% endfor %}", "循环太长"),
    ],
)
def test_a_page_that_fails_names_its_file_and_line_in_both_languages(drawn_from: Shared, fault: str, said: str) -> None:
    before, heading, after = (HOUSE / "templates" / ABOUT).read_text(encoding="utf-8").partition("# {{")
    with pytest.raises(WrongTemplate) as raised:
        rendered(drawn_from, ABOUT, f"{before}{fault}{heading}{after}")
    chinese, english, *mend = str(raised.value).split("\n")
    line = before.count("\n") + 1
    assert chinese.startswith(f"templates/{ABOUT}:{line} {said}")
    assert re.fullmatch(rf"templates/{ABOUT}:{line} [a-z][^\u4e00-\u9fff]+", english) and len(mend) == 2


@pytest.mark.parametrize("fault", ["{{ nothing.more }}", "{{ 1|nothing }}", '{% include "none.html" %}'])
def test_a_frame_that_fails_names_its_file_and_line(drawn_from: Shared, fault: str) -> None:
    with pytest.raises(WrongTemplate, match=r"^templates/overrides/main\.html:3 "):
        rendered(
            drawn_from,
            "overrides/main.html",
            f'{{% extends "base.html" %}}\n{{% block content %}}\n{fault}{{% endblock %}}',
        )


def test_a_fault_of_this_projects_own_templates_keeps_its_traceback(drawn_from: Shared) -> None:
    with pytest.raises(AttributeError):
        reported(html)(None)  # type: ignore[arg-type]


def test_a_build_with_a_failing_template_leaves_the_last_good_site(finished: Paths) -> None:
    file = finished.root / "templates/files/robots.txt.j2"
    file.parent.mkdir(parents=True)
    file.write_text("User-agent: *\n{{ nothing }}\n", encoding="utf-8")
    before = (finished.output / "robots.txt").read_bytes()
    done = command("site", "--root", finished.root, "--scheduler", SERIAL)
    assert (done.returncode, done.stderr) == (1, "")
    assert "templates/files/robots.txt.j2:2 用了没有的名字" in done.stdout and "网站保持原样。" in done.stdout
    assert (finished.output / "robots.txt").read_bytes() == before
