"""Whatever `check` passes, `site` builds: the tiny project with cells and properties that nobody would write."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openplans import database, pipeline
from openplans.facts.model import facts
from openplans.paths import Paths
from tests.conftest import TINY, Silent, judge, staged_pages

TABLES = sorted(path.relative_to(TINY).as_posix() for path in TINY.rglob("*.csv"))

VALUES = st.one_of(
    st.sampled_from(
        [
            "0",
            "-1",
            "999999999999999",
            "0.000000000000001",
            "1970",
            "2199-12-31",
            "2024-02-29",
            "1970-01-01",
            "9999",
            "0000",
            "2025-02-31",
            "２０２４",
            "",
            "'",
            "</script>",
            "{{ 1 }}",
            "{% raw %}",
            "a|b",
            "**",
            "[x](y)",
            "x' || warn('y') || '",
            "Rui'an",
            "\\",
            "&amp;",
            "%",
            "=1",
            "𠮷",
            "é",
            "https://example.org/?a=1&b=<",
            "http://",
            "https://[",
            "https://x:99999999/",
            "a/../b",
            "con",
            "1.",
            "#",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Zl", "Zp"]), max_size=6),
)
"""What is put into a cell: extremes of numbers and dates, what
means something to a template, a page, a chart, an address."""


def change(path: Path, row: int, column: int, value: str) -> None:
    """Put a value into a cell of a table, counted round."""
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    if len(rows) > 1:
        rows[1 + row % (len(rows) - 1)][column % len(rows[0])] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)


def build(root: Path) -> None:
    """All of a build but MkDocs and Pagefind, which get files only."""
    made = Paths.of(root)
    world, warnings = pipeline.check(made, Silent())
    known = facts(world)
    database.write(known, made.database)
    staged_pages(made, known, tuple(warnings))


CHANGES = st.tuples(st.sampled_from(TABLES), st.integers(0, 30), st.integers(0, 16), VALUES)


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.lists(CHANGES, min_size=20, max_size=40))
def test_whatever_is_in_the_cells_the_check_ends_with_messages(judged: Path, tmp_path_factory, changes) -> None:
    root = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("any") / "tiny"))
    shutil.copytree(judged, root / "build")
    for name, row, column, value in changes:
        change(root / name, row, column, value)
    for each in judge(root):
        assert each.zh and each.en and (root / each.file).exists()


@pytest.mark.parametrize("value", ["", "0", "2199-12-31", "</script>", "\\"])
def test_whatever_stands_in_a_column_the_check_ends_with_messages(tiny: Path, value: str) -> None:
    """A value in one row of each column of the plans and the figures, so that each rule meets it."""
    for name in TABLES:
        if "/registry/" not in name:
            for column in range(20):
                change(tiny / name, column, column, value)
    assert all(each.zh and each.en for each in judge(tiny))


@pytest.mark.nightly
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.lists(CHANGES, min_size=1, max_size=3))
def test_whatever_cells_the_check_passes_the_site_is_built(judged: Path, tmp_path_factory, changes) -> None:
    root = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("any") / "tiny"))
    shutil.copytree(judged, root / "build")
    for name, row, column, value in changes:
        before = (root / name).read_bytes()
        change(root / name, row, column, value)
        try:
            pipeline.check(Paths.of(root), Silent())
        except pipeline.Rejected:
            (root / name).write_bytes(before)
    build(root)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.mkdir(),
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to("nowhere"),
        lambda path: os.mkfifo(path),
        lambda path: path.write_bytes("名".encode("gb18030")),
        lambda path: path.write_bytes(b"\xff\xff"),
    ],
)
def test_what_lies_beside_the_packages_is_a_text_or_a_message(tiny: Path, make: Callable[[Path], object]) -> None:
    (tiny / "site.toml").unlink(missing_ok=True)
    make(tiny / "site.toml")
    assert [(each.file, each.rule) for each in judge(tiny)] == [("site.toml", "bad-settings")]
    with pytest.raises(pipeline.Rejected):
        pipeline.check(Paths.of(tiny), Silent())


def test_what_lies_beside_the_packages_may_be_empty_or_saved_elsewhere(tiny: Path) -> None:
    for text in (b"", b"\xef\xbb\xbf# x\r\n\r\n### y\r\n"):
        (tiny / "site.toml").write_bytes(text)
        assert judge(tiny) == []


@pytest.mark.parametrize(
    ("package", "properties", "aside"),
    [
        ("plans/990101-tiny-2023", {"keywords": ["</script>", "{{ 1 }}"], "contributors": [{"title": "甲"}]}, {}),
        ("plans/990101-tiny-2023", {"homepage": "https://[", "source_url": "https://x:99999999/plan"}, {}),
        (
            "plans/990101-tiny-2023",
            {"issued": "1970-01-01", "published": "2199-12-31", "doc_number": "\"'<>"},
            {
                "issued": "issued-not-in-source",
                "published": "published-not-in-source",
                "doc_number": "doc-number-differs",
                "990101-tiny-2023-b001": "baseline-period-differs",
            },
        ),
        ("registry", {"updated": "2026-12-31"}, {}),
        ("plans/990101-tiny-2023", {"version": "99999999.0.0"}, {}),
        ("observations", {"title": "x" * 3000, "licenses": [{"name": 'x"y', "path": "z", "title": "<b>"}]}, {}),
    ],
)
def test_whatever_descriptor_the_check_passes_the_site_is_built(
    tiny: Path, package: str, properties: dict[str, object], aside: dict[str, str]
) -> None:
    path = tiny / "datapackages" / package / "datapackage.json"
    descriptor = {**json.loads(path.read_text(encoding="utf-8")), **properties}
    for row, rule in aside.items():
        descriptor["accepted"].append({"rule": rule, "row": row, "reason": "例子要有极端的值"})
    path.write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    build(tiny)
