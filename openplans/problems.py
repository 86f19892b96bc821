"""What is wrong with the data, as values.

Comes in: the code of a rule, an address in a file and the facts. Goes out: a
Problem with its words in Chinese and English. The words stand in rules.toml, so
that logic holds no sentences and anyone can better a message.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from dataclasses import field as attribute
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from openplans.paths import LIBRARY

Severity = Literal["error", "warning"]

DOCS = "docs/rules.md"
"""Where every rule is explained, in the repository; each message links there."""


class PublishError(Exception):
    """Something besides the data is in the way: a setting, a template, a tool, a disk. It is told to who builds."""


@dataclass(frozen=True)
class Rule:
    """A rule as rules.toml words it. `zh`, `en` and the hints take the facts of a problem as {fields}; `why` and the
    examples are for the docs."""

    code: str
    severity: Severity
    zh: str
    en: str
    hint_zh: str
    hint_en: str
    why_zh: str = ""
    why_en: str = ""
    wrong: str = ""
    right: str = ""

    def mend(self, language: Literal["zh", "en"]) -> str:
        """How to mend it, with an ellipsis where a message has a fact."""
        return re.sub(r"\{[a-z_0-9]+\}", "…", self.hint_zh if language == "zh" else self.hint_en)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where (file, line and column from 1, 0 = the whole file), what, how to mend it.

    `details` are the facts the words were made of; `follows` the addresses of what is wrong only because of it.
    """

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
    follows: tuple[str, ...] = ()
    details: tuple[tuple[str, Any], ...] = attribute(default=(), compare=False, repr=False)

    @property
    def address(self) -> str:
        """`file:line:column`, as editors understand it."""
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def facts(self) -> Mapping[str, Any]:
        """What the words were made of, by name, so that a program can mend what a person is told."""
        return MappingProxyType(dict(self.details))

    @property
    def docs(self) -> str:
        """Where the rule is explained."""
        return f"{DOCS}#{self.rule}"

    @property
    def phrase(self) -> tuple[str, str]:
        """What is wrong, in both languages and without a full stop: for a sentence of another message."""
        return self.zh.rstrip("。"), self.en.rstrip(".")

    def plain(self) -> dict[str, object]:
        """The problem as plain data, for JSON."""
        return {**{each.name: getattr(self, each.name) for each in fields(self)}, "details": dict(self.details)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Problem:
        """The problem that was made plain."""
        details = tuple((name, value) for name, value in plain["details"].items())
        return cls(**{**plain, "follows": tuple(plain["follows"]), "details": details})

    def advised(self, zh: str, en: str) -> Problem:
        """The same problem with a sentence more on how to mend it."""
        return replace(self, hint_zh=self.hint_zh + zh, hint_en=f"{self.hint_en} {en}")


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of rules.toml."""
    table = tomllib.loads((LIBRARY / "rules" / "rules.toml").read_text(encoding="utf-8"))
    return {code: Rule(code=code, severity=words.pop("severity", "error"), **words) for code, words in table.items()}


def problem(code: str, file: str, line: int = 0, column: int = 0, field: str = "", **facts: Any) -> Problem:
    """A Problem of the rule `code`; KeyError when rules.toml lacks the rule or a fact is missing."""
    rule = rules()[code]
    file, facts = (
        readable(file),
        {key: readable(value) if isinstance(value, str) else value for key, value in facts.items()},
    )
    known = {"file": file, "line": line, "column": column, "field": field, **facts}
    zh, en, hint_zh, hint_en = (getattr(rule, name).format_map(known) for name in ("zh", "en", "hint_zh", "hint_en"))
    return Problem(
        file, line, column, code, field, rule.severity, zh, en, hint_zh, hint_en, details=tuple(facts.items())
    )


def readable(text: str) -> str:
    """A text with the name of a file that is no UTF-8, as a Chinese Windows packs it into an archive, in readable
    letters: Python keeps its bytes as surrogates, which nothing can print.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return os.fsencode(text).decode("gb18030", errors="replace")
    return text


def errors(problems: list[Problem]) -> list[Problem]:
    """Those that stop the build."""
    return [each for each in problems if each.severity == "error"]
