"""The schemas, and the descriptors that carry them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import frictionless
import pytest

from openplans.paths import HOUSE
from openplans.schema import contract
from tests.conftest import judge

KINDS = ("registry", "plan", "observations")


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_and_column_is_described_in_both_languages(kind: contract.PackageKind) -> None:
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


def test_descriptors_get_the_contract_and_keep_the_rest(tiny: Path) -> None:
    path = tiny / "datapackages/plans/990101-tiny-2023/datapackage.json"
    sound = path.read_text(encoding="utf-8")
    descriptor = json.loads(sound)
    path.write_text(json.dumps({**descriptor, "resources": []}), encoding="utf-8")
    contract.main(tiny)
    assert path.read_text(encoding="utf-8") == sound


def test_a_table_full_of_semicolons_is_still_read_by_commas(tiny: Path) -> None:
    path = tiny / "datapackages/plans/990101-tiny-2023/notes.csv"
    row = "990101-tiny-2023-n{0:03d},other,990101-tiny-2023-c011,例县人民,,,甲{0};乙;丙;丁;戊。,one{0};two;three;four."
    path.write_text(
        path.read_text(encoding="utf-8") + "".join(row.format(n) + "\n" for n in range(3, 53)), encoding="utf-8"
    )
    assert judge(tiny) == []


@pytest.mark.parametrize("kind", ["registry", "plan", "observations"])
def test_no_form_of_a_cell_takes_the_digits_of_other_scripts(kind: contract.PackageKind) -> None:
    fields = [field for table in contract.tables(kind).values() for field in table["schema"]["fields"]]
    forms = [field.get("constraints", {}).get("pattern", "") for field in fields]
    assert [form for form in forms if "\\d" in form or "\\w" in form] == []
