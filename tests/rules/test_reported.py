"""What has come to the promised figure is done, by a figure that its statement has."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from openplans.rules.reported import update_reached
from openplans.rules.updates import update_value_unsaid
from tests.rules.made import plan, said

TARGET: dict[str, Any] = {"measure": "count", "comparator": "eq", "value": Decimal(11), "unit": "个"}


@pytest.mark.parametrize(("statement", "reached"), [("累计创建11个", True), ("累计创建8个", False)])
def test_a_figure_that_nothing_says_reaches_nothing(statement: str, reached: bool) -> None:
    update = {"target_id": "t1", "status": "in_progress", "value": Decimal(11), "unit": "个", "statement": statement}
    made = plan(targets=[TARGET], updates=[update])
    assert said(update_reached, made) == [("u1", "status")] * reached
    assert said(update_value_unsaid, made) == [("u1", "value")] * (not reached)
