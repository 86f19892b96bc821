"""The schemas, and the descriptors that carry them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import frictionless
import pytest

from openplans import contract
from openplans.paths import HOUSE
from tests.conftest import TINY

KINDS = ("registry", "plan", "observations")


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_and_column_is_described_in_both_languages(kind: contract.Kind) -> None:
    for resource in contract.tables(kind).values():
        assert resource["title"] and resource["title_en"] and resource["description"] and resource["description_en"]
        assert resource["schema"]["primaryKey"] and resource["schema"]["missingValues"] == [""]
        for field in contract.fields(resource).values():
            assert re.search("[一-鿿]", field["title"]) and field["title_en"], field["name"]


@pytest.mark.parametrize(
    "folder", sorted(HOUSE.glob("datapackages/**/datapackage.json")), ids=lambda path: path.parent.name
)
def test_every_package_is_valid_for_any_frictionless_reader(folder: Path) -> None:
    report = frictionless.Package(str(folder)).validate()
    assert report.flatten(["resource", "rowNumber", "fieldName", "message"]) == []


def test_writing_the_contract_again_changes_nothing(tmp_path: Path) -> None:
    for path in TINY.rglob("datapackage.json"):
        text = path.read_text(encoding="utf-8")
        assert contract.descriptor_text(json.loads(text)) == text
