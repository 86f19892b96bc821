"""The words of codes stand in openplans/schema/*.json, each in one place: nothing else spells them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from openplans.facts import comparison, derived, dockets, verdicts
from openplans.paths import HOUSE
from openplans.schema import contract, vocabulary

SCHEMAS = ("plan", "registry", "observations", "derived", "flat")

NAMES_OF_THINGS = ("aliases", "kind")
"""A column whose codes are theme, region and the like: their words are headings everywhere."""

BESIDE = 60
"""So far behind its code, in characters, a label is taken to be its word: markup may stand between, a sentence not."""

OTHER_THINGS = {
    ("openplans/database/metadata.py", "ge", "不低于"): "an example in a docstring",
    ("openplans/database/queries.toml", "year", "Year"): "what a parameter is called",
    ("openplans/database/views.toml", "task", "任务"): "what a column is called",
    ("openplans/database/views.toml", "task", "Task"): "what a column is called",
    ("openplans/drafting/proposing/elliptical.py", "cumulative", "累计"): "a word of documents",
    ("openplans/packages/read.py", "date", "日期"): "the type of a cell",
    ("openplans/rules/advice/cells.py", "zh", "中文"): "the language of a text, of any column",
    ("openplans/rules/quantities.py", "name", "名称"): "what a figure is of",
    ("templates/files/chart.j2", "average", "年均"): "what stands beside a line, in English: a year",
    ("templates/pages/dictionary.md.j2", "date", "日期"): "the type of a cell",
    ("templates/partials/words.j2", "annex", "附件"): "the first word of a place, with a capital in English",
    ("templates/partials/words.j2", "title", "标题"): "the first word of a place, with a capital in English",
    ("templates/partials/words.j2", "signature", "落款"): "the first word of a place, with a capital in English",
    ("templates/partials/words.j2", "target", "目标"): "what a search finds, a plural in English",
    ("templates/partials/words.j2", "project", "项目"): "what a search finds, a plural in English",
    ("templates/partials/words.j2", "task", "任务"): "what a search finds, a plural in English",
}
"""(file, code, label) of what is another thing by the same word, and why."""


def coded_columns() -> Iterator[tuple[str, str, list[dict[str, str]]]]:
    """(table, column, its codes) of every column that has codes of its own."""
    for name in SCHEMAS:
        loaded = json.loads((HOUSE / "openplans/schema" / f"{name}.json").read_text(encoding="utf-8"))
        for resource in loaded["resources"]:
            for field in resource.get("schema", {"fields": ()})["fields"]:
                if "categories" in field:
                    yield resource["name"], field["name"], field["categories"]


def sources() -> Iterator[Path]:
    """The templates, their scripts and the modules."""
    for pattern in ("templates/**/*.j2", "templates/**/*.html", "templates/assets/*.js", "openplans/**/*.py"):
        yield from HOUSE.glob(pattern)
    yield from HOUSE.glob("openplans/database/*.toml")


def spelled() -> set[tuple[str, str, str]]:
    """(file, code, label) where a label stands as a text of its own behind its code."""
    coded = [found for *column, found in coded_columns() if tuple(column) != NAMES_OF_THINGS]
    pairs = {(each["value"], each[label]) for found in coded for each in found for label in ("label", "label_en")}
    found = set()
    for path in sources():
        text = path.read_text(encoding="utf-8")
        for code, label in pairs:
            beside = rf"""\b{code}\b[^\n]{{0,{BESIDE}}}?["']{re.escape(label)}["']"""
            if code != label and label in text and re.search(beside, text):
                found.add((path.relative_to(HOUSE).as_posix(), code, label))
    return found


def test_nothing_but_the_schemas_spells_the_word_of_a_code() -> None:
    assert spelled() == OTHER_THINGS.keys()


def test_codes_with_the_same_words_stand_once() -> None:
    """Packages carry their whole contract each, so theirs may repeat; what no package holds does not."""
    stored = {name for kind in get_args(contract.PackageKind) for name in contract.tables(kind)}
    ours = [json.dumps(codes) for table, _, codes in coded_columns() if table not in stored]
    assert len(ours) == len(set(ours))


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (("verdicts", "verdict"), verdicts.VerdictWord),
        (("verdicts", "rule"), verdicts.VerdictRule),
        (("verdicts", "reason"), verdicts.Reason),
        (("comparisons", "relation"), comparison.Relation),
        (("comparisons", "obstacle"), comparison.Obstacle),
        (("docket", "group_code"), dockets.Group),
        (("docket", "kind_code"), derived.DueKind),
    ],
)
def test_what_is_computed_is_a_code_of_its_column(column: tuple[str, str], kind: object) -> None:
    assert set(vocabulary.codes(*column)) == set(get_args(kind)) - {""}


def test_a_column_may_have_the_codes_of_another() -> None:
    assert vocabulary.codes("verdict_years", "verdict") == vocabulary.codes("verdicts", "verdict")
    role = contract.fields(contract.flat()["responsibilities_named"])["role_code"]
    assert role["constraints"] == {"enum": ["lead", "co", "listed"]}
    assert role["description"] == "lead 牵头、co 配合、listed 未分主次"
    assert role["description_en"] == "lead: leads; co: takes part; listed: listed"
    with pytest.raises(KeyError):
        vocabulary.codes("verdicts", "no_such_column")
