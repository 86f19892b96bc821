"""The pages of what changed: from the history of a real repository; without one there are none, and no error."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from openplans import pipeline
from openplans.artifacts.builder import Builder
from openplans.artifacts.executor import serial
from openplans.artifacts.store import Store
from openplans.build.past import past
from openplans.packages import history
from openplans.packages.diff_words import WordedCell
from openplans.packages.history import Day, DayOfChanges, ToldChange
from openplans.pages import changes, data
from openplans.pages.common import Shared
from openplans.pages.months import MOST_BYTES
from openplans.pages.page import Site, environments, render
from openplans.paths import Paths
from tests.conftest import Silent
from tests.test_pages import broken_links

PLAN = "plans/990101-tiny-2023"
ROW = "990101-tiny-2023-t003"

Edit = Callable[[str, str, str], None]


def git(root: Path, *arguments: str, day: str = "2026-01-05") -> str:
    who = ("-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "init.defaultBranch=main")
    when = {"GIT_COMMITTER_DATE": f"{day}T12:00:00+0800", "GIT_AUTHOR_DATE": f"{day}T12:00:00+0800"}
    command = ["git", "-C", root, *who, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | when).stdout


@pytest.fixture
def lived(tiny: Path, edit: Edit) -> Path:
    """The tiny project as it came about: released, a figure changed twice on one day, once more in the next month."""

    def commit(day: str) -> None:
        git(tiny, "commit", "-am", "Mend", day=day)

    git(tiny, "init")
    git(tiny, "add", "datapackages")
    git(tiny, "commit", "-m", "All there is", day="2026-01-05")
    git(tiny, "tag", "data-1.0.0")
    targets = f"{PLAN}/targets.csv"
    edit(targets, ",gt,50000,", ",gt,51000,")
    commit("2026-01-20")
    edit(targets, ",gt,51000,", ",gt,60000,")
    commit("2026-01-20")
    edit(targets, ",gt,60000,", ",gt,50000,")
    edit(f"{PLAN}/updates.csv", "年底合龙", "明年合龙")
    commit("2026-02-01")
    git(tiny, "tag", "data-1.1.0")
    return tiny


def days(root: Path) -> list[tuple[str, str]]:
    return [(each.day, each.release) for each in history.days(Paths.of(root))]


def entries(root: Path, place: int) -> tuple[ToldChange, ...]:
    paths = Paths.of(root)
    return history.entries(history.told(paths, history.days(paths)[place]))


def test_a_release_without_a_tag_is_told_by_the_version_that_rose(tiny: Path, edit: Edit) -> None:
    git(tiny, "init")
    git(tiny, "add", "datapackages")
    git(tiny, "commit", "-m", "All there is", day="2026-01-05")
    registry, targets = "registry/datapackage.json", f"{PLAN}/targets.csv"
    was = json.loads((tiny / "datapackages" / registry).read_text(encoding="utf-8"))["version"]
    for day, old, new in (
        ("2026-01-20", was, "7.1.0"), ("2026-01-21", "7.1.0", "7.0.9"), ("2026-01-22", "7.0.9", "7.1.0")
    ):  # fmt: skip
        edit(registry, f'"version": "{old}"', f'"version": "{new}"')
        git(tiny, "commit", "-am", "Release", day=day)
    edit(targets, ",gt,50000,", ",gt,51000,")
    git(tiny, "commit", "-am", "Mend", day="2026-02-01")
    told = [("2026-02-01", ""), ("2026-01-22", ""), ("2026-01-21", ""), ("2026-01-20", "7.1.0"), ("2026-01-05", was)]
    assert days(tiny) == told
    risen = git(tiny, "rev-parse", "HEAD~3").strip()
    assert data.kept(history.days(Paths.of(tiny)))["7.1.0"] == f"tree/{risen}/datapackages"
    git(tiny, "tag", "data-7.1.0")
    assert data.kept(history.days(Paths.of(tiny)))["7.1.0"] == "releases/tag/data-7.1.0"
    assert days(tiny)[0] == ("2026-02-01", "7.1.0") and days(tiny)[3] == ("2026-01-20", "7.1.0")


def test_what_changed_on_the_day_of_a_release_and_behind_it_is_a_day_of_its_own(tiny: Path, edit: Edit) -> None:
    git(tiny, "init")
    git(tiny, "add", "datapackages")
    git(tiny, "commit", "-m", "All there is")
    git(tiny, "tag", "data-1.0.0")
    edit(f"{PLAN}/targets.csv", ",gt,50000,", ",gt,51000,")
    git(tiny, "commit", "-am", "Mend")
    assert days(tiny) == [("2026-01-05", ""), ("2026-01-05", "1.0.0")]


def test_a_day_is_told_once_and_with_its_release(lived: Path) -> None:
    assert days(lived) == [("2026-02-01", "1.1.0"), ("2026-01-20", "1.1.0"), ("2026-01-05", "1.0.0")]
    [entry] = entries(lived, 1)
    assert (entry.row, entry.kind, entry.parts) == (
        ROW,
        "changed",
        (WordedCell("", "", ">50000万元", ">60000万元", ">50000万元", ">60000万元"),),
    )
    assert [(each.table, each.kind) for each in entries(lived, 0)] == [
        ("targets", "changed"),
        ("updates", "changed"),
    ]


def test_the_first_day_tells_which_plans_there_were(lived: Path) -> None:
    assert {(each.table, each.kind) for each in entries(lived, 2)} == {("plan", "added")}


def test_what_is_no_data_changes_nothing(lived: Path) -> None:
    (lived / "README.md").write_text("Words\n", encoding="utf-8")
    before = days(lived)
    git(lived, "add", "README.md", day="2026-03-01")
    git(lived, "commit", "-m", "Words", day="2026-03-01")
    assert days(lived) == before


def test_without_git_or_in_a_shallow_clone_there_is_no_past(lived: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--depth", "1", f"file://{lived}", str(clone))
    assert history.days(Paths.of(clone)) == []
    outside = tmp_path / "outside"
    outside.mkdir()
    assert history.days(Paths.of(outside)) == []


def test_before_the_first_commit_of_the_data_there_is_no_past(tiny: Path) -> None:
    git(tiny, "init")
    assert history.days(Paths.of(tiny)) == []
    (tiny / "README.md").write_text("words", encoding="utf-8")
    git(tiny, "add", "README.md")
    git(tiny, "commit", "-m", "Words")
    assert history.days(Paths.of(tiny)) == []


def test_a_folder_that_was_renamed_is_a_plan_that_went_and_one_that_came(lived: Path) -> None:
    git(lived, "mv", "datapackages/plans/990000-wide-2025", "datapackages/plans/990000-broad-2025")
    git(lived, "commit", "-m", "Rename", day="2026-03-01")
    assert [(each.package, each.kind) for each in entries(lived, 0)] == [
        ("990000-broad-2025", "added"),
        ("990000-wide-2025", "removed"),
    ]


def test_what_a_commit_had_that_no_package_may_have_is_left_out_of_its_day(lived: Path) -> None:
    odd = [b"\xff.csv", b"a\nb.csv", b"[x].csv", b":(top).csv", "“表”.csv".encode()]
    folders = [lived / "datapackages/plans" / os.fsdecode(each.removesuffix(b".csv")) for each in odd]
    for each, folder in zip(odd, folders, strict=True):
        folder.mkdir()
        (folder / os.fsdecode(each)).write_text("x", encoding="utf-8")
    units = lived / "datapackages/registry/units.csv"
    kept = units.read_text(encoding="utf-8")
    units.unlink()
    units.symlink_to("/etc/hostname")
    (lived / "datapackages/registry/up.csv").symlink_to("../../../../..")
    git(lived, "add", "datapackages")
    git(lived, "commit", "-m", "Odd", day="2026-02-02")
    git(lived, "rm", "-rq", "datapackages/registry/up.csv", *(f":(literal){each}" for each in folders))
    units.unlink()
    units.write_text(kept, encoding="utf-8")
    git(lived, "commit", "-am", "As it was", day="2026-02-03")
    assert [day for day, _ in days(lived)][:3] == ["2026-02-03", "2026-02-02", "2026-02-01"]
    assert {each.kind for each in entries(lived, 1)} == {"removed"}, "of the units nothing could be read"
    assert {each.table for each in (*entries(lived, 0), *entries(lived, 1))} == {"units"}


def test_a_day_is_kept_and_a_past_with_a_gap_is_none(lived: Path, tmp_path: Path) -> None:
    paths, kept, fresh = Paths.of(lived), tmp_path / "kept", tmp_path / "fresh"

    def told(folder: Path) -> int:
        with closing(Store(folder)) as store:
            return len(past(paths, Builder(store, serial)))

    assert told(kept) == 3
    name = subprocess.check_output(["git", "-C", lived, "rev-parse", f"data-1.0.0:datapackages/{PLAN}/targets.csv"])
    blob = name.decode().strip()
    (lived / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert told(kept) == 3  # nothing is read again
    assert told(fresh) == 0


def test_each_change_of_a_row_leads_to_the_one_before(lived: Path, drawn_from: Shared) -> None:
    paths = Paths.of(lived)
    told = tuple(DayOfChanges(each, history.entries(history.told(paths, each))) for each in history.days(paths))
    shared = replace(drawn_from, history=told)
    made = {page.path: page.context for page in changes.pages(shared)}
    assert list(made) == ["changes", "changes/2026-02", "changes/2026-01"]
    assert shared.upkeep("990101-tiny-2023", "targets")[ROW]["changes"] == "changes/2026-02"
    assert shared.upkeep("990101-tiny-2023", "targets")["990101-tiny-2023-t001"]["changes"] == ""
    [day] = made["changes/2026-02"]["days"]
    row = day["packages"][0]["rows"][0]
    assert (row["anchor"], row["place"], row["earlier"]) == (ROW, (f"{PLAN}/targets", "t003"), "changes/2026-01")


def test_each_page_leads_to_the_newest_before_it_and_holds_what_it_may(drawn_from: Shared) -> None:
    """Of three entries any two are too long for a page: each has its own."""
    part = WordedCell("引文", "Quote", "甲" * (MOST_BYTES // 5), "", "", "")
    rows = tuple(ToldChange("990101-tiny-2023", "targets", ROW, "changed", "改", "Mend", (part,)) for _ in range(3))
    shared = replace(drawn_from, history=(DayOfChanges(Day("2026-01-05", "", False, "a", "b"), rows),))
    made = {page.path: page.context for page in changes.pages(shared) if page.template == "month"}
    leads = {path: [row["earlier"] for row in each["days"][0]["packages"][0]["rows"]] for path, each in made.items()}
    assert leads == {
        "changes/2026-01": ["changes/2026-01/2"],
        "changes/2026-01/2": ["changes/2026-01/3"],
        "changes/2026-01/3": [""],
    }


def test_a_long_month_is_cut_into_pages_below_300_kb(drawn_from: Shared) -> None:
    words = "全域推进农村生活垃圾分类处理，" * 4
    part = WordedCell("引文", "Quote", words, words, words, words)
    rows = tuple(
        ToldChange("990101-tiny-2023", "targets", f"{ROW}{each}", "changed", words, words, (part,) * (each % 9))
        for each in range(900)
    )
    shared = replace(drawn_from, history=(DayOfChanges(Day("2026-01-05", "", False, "a", "b"), rows),))
    words_of = environments(Paths.of(Path()), Site("1.0.0", "2026-01-05"), shared.facts.registry)
    made = [page for page in changes.pages(shared) if page.template == "month"]
    assert [page.path for page in made[:2]] == ["changes/2026-01", "changes/2026-01/2"]
    texts = [render(words_of, page) for page in made]
    assert MOST_BYTES / 2 < max(len(text.encode()) for text in texts) < 270_000
    assert sum(text.count("<li id=") for text in texts) == len(rows)


def test_a_site_with_a_past_has_pages_of_it_and_the_same_bytes_twice(lived: Path) -> None:
    paths = Paths.of(lived)
    pipeline.make_site(paths, Silent(), scheduler="serial")
    page = (paths.output / "changes/2026-01/index.html").read_text(encoding="utf-8")
    assert re.search(r"<del><?.*&gt;50000万元.*</del> → <ins>.*&gt;60000万元", page)
    assert 'href="../../plans/990101-tiny-2023/targets/index.html#t003"' in page
    listed = (paths.output / f"{PLAN}/targets/index.html").read_text(encoding="utf-8")
    assert f'href="../../../changes/2026-02/index.html#{ROW}"' in listed
    assert broken_links(paths.output) == []
    files = {each: each.read_bytes() for each in paths.output.rglob("*.html")}
    pipeline.make_site(paths, Silent(), scheduler="serial")
    assert {each: each.read_bytes() for each in paths.output.rglob("*.html")} == files


@pytest.mark.parametrize(("tagged", "place"), [(True, "releases/tag/data-1.0.0"), (False, "tree/b/datapackages")])
def test_a_version_leads_to_its_files_as_they_were(drawn_from: Shared, tagged: bool, place: str) -> None:
    [first, *_] = drawn_from.facts.registry.releases
    days = (Day("2026-01-06", "", False, "b", "c"), Day("2026-01-05", first.version, tagged, "a", "b"))
    earlier = Day("2026-01-04", first.version, tagged, "", "a")
    shared = replace(drawn_from, history=tuple(DayOfChanges(each, ()) for each in (*days, earlier)))
    site = Site("1.0.0", "2026-01-05", repository="https://example.org/open-plans")
    words = environments(Paths.of(Path()), site, shared.facts.registry)
    page = render(words, next(data.pages(shared)))
    assert f'href="https://example.org/open-plans/{place}"' in page and page.count("open-plans/tree/") == (not tagged)
    assert place not in render(words, next(data.pages(drawn_from)))
