"""Stands in for a program that proposes: reads the question, answers one good row and three that proof refuses."""

from __future__ import annotations

import json
import sys

asked = json.load(sys.stdin)
clause = next(each for each in asked["clauses"] if "安全生产" in each["text"] or "保障" in each["text"])
good = {
    "clause_id": clause["clause_id"],
    "indicator": "读出来的指标",
    "measure": "level",
    "comparator": "relative",
    "period_basis": "by",
    "period_end": asked["plan"]["effective_end"][:4],
    "quote": clause["text"][:6],
    "confidence": 0.7,
}
bad = [{**good, "quote": "没有这句话"}, {**good, "comparator": "eq", "value": 77}, {**good, "comparator": "perhaps"}]
json.dump({"targets": [good, *bad]}, sys.stdout, ensure_ascii=False)
