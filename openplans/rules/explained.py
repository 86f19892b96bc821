"""The table of rules -> docs/rules.md: for each rule its code, what it asks and why, a wrong and a right example.

`python -m openplans.rules.explained` (make rules) writes it; each message leads there.
"""

from __future__ import annotations

from openplans.paths import HOUSE
from openplans.problems import DOCS, Rule, rules

HEAD = """# 核对规则 The rules of the check

`build.py check` 用这些规则核对数据包；每条消息都指向这里。本页由
`openplans/rules/rules.toml` 生成（`make rules`），不要直接改。

These are the rules by which `build.py check` judges the packages; each message leads here. The page is made of
`openplans/rules/rules.toml` by `make rules`: edit that instead.
"""


def markdown() -> str:
    """The page."""
    return "\n".join([HEAD, *(_section(rule) for rule in rules().values())])


def _section(rule: Rule) -> str:
    kind = "错误 error" if rule.severity == "error" else "提醒 warning"
    mend = [f"怎样改：{rule.mend('zh')}", f"To mend: {rule.mend('en')}"]
    examples = [f"错 wrong：`{rule.wrong.strip()}`", f"对 right：`{rule.right.strip()}`"] if rule.wrong else []
    said = [f"{kind}。{rule.why_zh}", rule.why_en, *examples, *mend]
    return "\n".join([f"## {rule.code}", "", *(f"- {line}" for line in said if line), ""])


if __name__ == "__main__":
    (HOUSE / DOCS).write_text(markdown(), encoding="utf-8", newline="\n")
