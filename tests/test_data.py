"""The real data: what its own check says of it. Every rule about the data is a rule of the check, none stands here."""

from __future__ import annotations

from openplans.paths import HOUSE
from openplans.problems import errors
from tests.conftest import judge


def test_the_data_has_no_errors() -> None:
    assert errors(judge(HOUSE)) == []
