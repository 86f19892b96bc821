"""The pages of a plan that is being edited are those of the whole build that follows."""

from __future__ import annotations

import shutil

import httpx

from openplans import pipeline
from openplans.build import preview
from openplans.paths import Paths
from openplans.server.app import Server
from tests.conftest import Silent
from tests.server.test_deploy import apart

PLAN = "990101-tiny-2023"


def test_the_changed_pages_are_those_of_the_whole_build(stocked: Paths, edit) -> None:
    paths, last = stocked, []
    pipeline.make_site(paths, Silent(), told=last.append)
    edit(f"plans/{PLAN}/notes.csv", "The annex has no row 2.", "The annex lacks row 2.")
    [known] = last
    first = preview.changed(paths, [PLAN], known)
    assert {f"plans/{PLAN}/index.html", f"plans/{PLAN}/targets/index.html", f"en/plans/{PLAN}/index.html"} <= set(first)
    assert b"lacks row 2" in first[f"en/plans/{PLAN}/index.html"]
    pipeline.make_site(paths, Silent())
    sizes = {f"plans/{PLAN}/index.html", f"en/plans/{PLAN}/index.html"}  # the only pages that show the sizes of files
    for name in set(first) - sizes:
        assert first[name] == (paths.output / name).read_bytes(), name
    # What is wrong or not known yet is left to the build, which says so.
    shutil.copytree(paths.plans / PLAN, paths.plans / "990101-twin-2023")
    assert preview.changed(paths, ["990101-twin-2023"], known) == {}
    edit(f"plans/{PLAN}/notes.csv", "990101-tiny-2023-n001", "990101-tiny-2023-x001")
    assert preview.changed(paths, [PLAN], known) == {}


def test_a_newer_page_is_served_before_the_file_of_the_site(built: Paths) -> None:
    app = Server(built.output)
    app.first = {f"plans/{PLAN}/index.html": b"<p>newer</p>"}

    async def ask() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            for path in (f"/plans/{PLAN}/", f"/plans/{PLAN}/index.html"):
                answer = await client.get(path)
                assert answer.text == "<p>newer</p>" and answer.headers["cache-control"] == "no-cache"
            assert "newer" not in (await client.get(f"/plans/{PLAN}/targets/")).text

    apart(ask)
