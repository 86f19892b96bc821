"""What is wrong with the data, as values.

Comes in: the code of a rule, an address in a file and the facts. Goes out: a
Problem with its words in Chinese and English. The words stand in rules.toml, so
that logic holds no sentences and anyone can better a message.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Literal

from openplans.paths import LIBRARY

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Rule:
    """A rule as rules.toml words it. `zh` and `en` take the facts of a problem as {fields}."""

    code: str
    severity: Severity
    zh: str
    en: str
    hint_zh: str
    hint_en: str


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where (file, line and column from 1, 0 = the whole file), what, how to mend it."""

    file: str
    line: int
    column: int
    rule: str
    field: str
    severity: Severity
    zh: str
    en: str
    hint_zh: str
    hint_en: str

    @property
    def address(self) -> str:
        """`file:line:column`, as editors understand it."""
        return f"{self.file}:{self.line}:{self.column}"


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of rules.toml."""
    table = tomllib.loads((LIBRARY / "rules" / "rules.toml").read_text(encoding="utf-8"))
    return {code: Rule(code=code, severity=words.pop("severity", "error"), **words) for code, words in table.items()}


def problem(code: str, file: str, line: int = 0, column: int = 0, field: str = "", **facts: object) -> Problem:
    """A Problem of the rule `code`; KeyError when rules.toml lacks the rule or a fact is missing."""
    rule = rules()[code]
    facts = {"file": file, "line": line, "column": column, "field": field, **facts}
    words = {name: getattr(rule, name).format_map(facts) for name in ("zh", "en", "hint_zh", "hint_en")}
    return Problem(file, line, column, code, field, rule.severity, **words)


def errors(problems: list[Problem]) -> list[Problem]:
    """Those that stop the build."""
    return [each for each in problems if each.severity == "error"]
