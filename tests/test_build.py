"""The whole build: same input, same bytes; a failed build leaves the last good site."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from openplans import pipeline
from openplans.artifacts.executor import SERIAL
from openplans.build import swap
from openplans.build.passthrough import PROSE
from openplans.paths import Paths
from openplans.pipeline import Rejected
from openplans.problems import PublishError
from tests.conftest import TINY, Silent, started


def fingerprints(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_of_the_same_input_give_the_same_bytes(built: Paths, tmp_path: Path) -> None:
    again = Path(shutil.copytree(TINY, tmp_path / "elsewhere"))
    done = started("--root", again, PYTHONHASHSEED="7", TZ="Asia/Shanghai", LC_ALL="C")
    assert done.returncode == 0, done.stdout
    assert fingerprints(again / "site") == fingerprints(built.output)


def test_the_steps_are_told_with_their_counts(stocked: Paths) -> None:
    watcher = Silent()
    pipeline.make_site(stocked, watcher)
    counts = {step.name: step.count for step in watcher.steps}
    assert list(counts) == ["read", "check", "database", "downloads", "charts", "pages", "search", "swap"]
    assert counts["check"] == 0 and counts["charts"] == 4
    html = sum(1 for _ in stocked.output.rglob("*.html"))
    assert counts["pages"] == html - 2 * counts["charts"] - 1  # those to embed, and that for what is not found


def test_mkdocs_hands_the_pages_through_as_they_are(built: Paths, staged: dict[str, str]) -> None:
    bodies = {name: text.split("\n---\n", 1)[1] for name, text in staged.items()}
    prose = {name for name, body in bodies.items() if PROSE.match(body)}
    assert {name.split("/")[-2] for name in prose} == {"about", "contribute", "method"}
    for name in bodies.keys() - prose:
        page = (built.output / name).with_suffix(".html")
        assert bodies[name].strip() in page.read_text(encoding="utf-8"), page


def test_data_with_problems_leaves_the_last_good_site(finished: Paths, edit) -> None:
    before = fingerprints(finished.output)
    edit("plans/990000-wide-2025/references.csv", "到2027年", "到2028年")
    with pytest.raises(Rejected) as rejected:
        pipeline.make_site(finished, Silent())
    assert [each.rule for each in rejected.value.problems] == ["quote-not-in-clause"]
    assert fingerprints(finished.output) == before


def test_a_tool_that_fails_leaves_the_last_good_site(finished: Paths, edit, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprints(finished.output)
    edit("registry/concepts.csv", "Share of villages", "Part of the villages")
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    with pytest.raises(PublishError):
        pipeline.make_site(finished, Silent(), scheduler=SERIAL)
    assert fingerprints(finished.output) == before


def test_the_note_in_the_output_folder_stays(stocked: Paths) -> None:
    stocked.output.mkdir()
    (stocked.output / "README.md").write_text("note", encoding="utf-8")
    pipeline.make_site(stocked, Silent())
    assert (stocked.output / "README.md").read_text(encoding="utf-8") == "note"


def test_a_base_url_gives_canonical_addresses(stocked: Paths) -> None:
    paths = stocked
    pipeline.make_site(paths, Silent(), "https://example.org/plans/")
    home = (paths.output / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/plans/' in home
    assert '<link rel="alternate" hreflang="en" href="https://example.org/plans/en/">' in home
    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', home)
    assert json.loads(told)["distribution"][0]["contentUrl"].startswith("https://example.org/plans/data/")
    for edition, language, name in (("", "zh-CN", "农庄累计数"), ("en/", "en", "Farms")):
        page = (paths.output / edition / "indicators/farms-total/index.html").read_text(encoding="utf-8")
        [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        known = json.loads(told)
        assert (known["@type"], known["name"], known["inLanguage"]) == ("Dataset", name, language)
        assert known["url"] == f"https://example.org/plans/{edition}indicators/farms-total/"
        asked = "例县到2025年3个" if language == "zh-CN" else "Example County 3 by 2025"
        assert asked in known["description"] and "&" not in known["description"], "what it is, and who asks what"
        end = ".en" if edition else ""
        assert known["distribution"][0]["contentUrl"].endswith(f"/data/indicators/farms-total{end}.json")
        assert re.search(
            rf'<link rel="alternate" type="application/json" href="[./]+data/indicators/farms-total{end}.json"', page
        )
    assert "Sitemap: https://example.org/plans/sitemap.xml" in (paths.output / "robots.txt").read_text(encoding="utf-8")
    assert "https://example.org/plans/indicators/" in (paths.output / "sitemap.xml").read_text(encoding="utf-8")


def test_a_second_build_at_the_same_time_is_turned_away(tiny: Path) -> None:
    paths = Paths.of(tiny)
    with pipeline.alone(paths), pytest.raises(pipeline.Busy):
        pipeline.make_site(paths, Silent())
    done = None
    with pipeline.alone(paths):
        done = started("--root", tiny)
    assert done.returncode == 2 and "of this project is at work; try again" in done.stderr
    assert not paths.output.exists()


@pytest.mark.parametrize("interruption", [OSError, KeyboardInterrupt])
def test_a_swap_that_is_interrupted_brings_the_old_site_back(finished: Paths, monkeypatch, interruption) -> None:
    paths = finished
    before = fingerprints(paths.output)
    rename = Path.rename

    def stumble(self: Path, target: Path) -> Path:
        if self.name == ".site.new":
            raise interruption
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stumble)
    with pytest.raises(interruption):
        pipeline.make_site(paths, Silent())
    assert fingerprints(paths.output) == before


def test_a_site_that_was_left_aside_is_restored(finished: Paths, edit) -> None:
    paths = finished
    paths.output.rename(paths.output.with_name(".site.old"))
    edit("plans/990000-wide-2025/references.csv", "到2027年", "到2028年")
    with pytest.raises(Rejected):
        pipeline.make_site(paths, Silent())
    assert (paths.output / "index.html").exists()


@pytest.mark.parametrize("name", ["CNAME", ".git", "thesis.doc"])
def test_a_folder_with_files_of_others_is_not_replaced(finished: Paths, name: str) -> None:
    (finished.output / name).write_text("mine", encoding="utf-8")
    done = started("--root", finished.root)
    assert done.returncode == 2 and "not a build's own" in done.stderr
    assert (finished.output / name).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("content", ["", '{"top": ["index'])
def test_a_damaged_list_of_the_site_does_not_stop_the_next_build(built: Paths, tmp_path: Path, content: str) -> None:
    site = Path(shutil.copytree(built.output, tmp_path / "site"))
    (site / swap.MANIFEST).write_text(content, encoding="utf-8")
    assert swap.is_own(site)
    (site / "thesis.doc").touch()
    assert not swap.is_own(site)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        shutil.Error([("a", "b", "[Errno 28] No space left on device")] * 1000),
        sqlite3.OperationalError("database or disk is full"),
        OSError(errno.EFBIG, "File too large"),
        sqlite3.OperationalError("disk I/O error"),
        sqlite3.OperationalError("unable to open database file"),
    ],
)
def test_a_full_disk_is_said_in_words_and_no_half_site_stays(tmp_path: Path, error: Exception) -> None:
    paths = Paths.of(tmp_path)
    half = paths.output.with_name(".site.new")
    for folder in (half, paths.fresh_site):
        folder.mkdir(parents=True)
    with pytest.raises(PublishError, match=r"磁盘已满.*\n.*full") as said, pipeline._room(paths):
        raise error
    assert len(str(said.value)) < 1000 and not half.exists() and not paths.fresh_site.exists()


def test_a_folder_of_another_user_is_said_in_words(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path / "root", tmp_path / "public" / "site")
    for place in (paths.fresh_site / "index.html", paths.output.with_name(".site.new")):
        with pytest.raises(PublishError, match=r"不能写入.*\n.*cannot be written"), pipeline._room(paths):
            raise PermissionError(errno.EACCES, "Permission denied", str(place))


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOENT, "gone"), PermissionError(errno.EACCES, "Permission denied", "/etc/shadow")],
)
def test_another_error_stays_what_it_is(tmp_path: Path, error: OSError) -> None:
    with pytest.raises(OSError, match=str(error.strerror)), pipeline._room(Paths.of(tmp_path)):
        raise error


def test_the_site_is_plain_to_read_whatever_the_umask(tiny: Path) -> None:
    before = os.umask(0o077)
    try:
        pipeline.make_site(Paths.of(tiny), Silent(), scheduler=SERIAL)
    finally:
        os.umask(before)
    modes = {each.stat().st_mode & 0o777 for each in (tiny / "site").rglob("*") if each.is_file()}
    folders = {each.stat().st_mode & 0o777 for each in (tiny / "site").rglob("*") if each.is_dir()}
    assert (modes, folders) == ({0o644}, {0o755})


def test_a_project_that_cannot_be_written_to_builds_beside_the_output(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    assert Paths.of(root, tmp_path / "out/site").build == root / "build"
    root.chmod(0o555)
    if os.access(root, os.W_OK):
        pytest.skip("this user may write anywhere")
    assert Paths.of(root, tmp_path / "out/site").build == tmp_path / "out/.site.build"
