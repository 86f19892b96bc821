"""What click says of a wrong use, in Chinese before its own English: officials call `take` and `fmt`, too.

Comes in: an exception of click. Goes out: words for the terminal. What our commands refuse themselves is in both
languages already.
"""

from __future__ import annotations

import re

import click

_OWN = re.compile("^(?!Got unexpected ).*[\u4e00-\u9fff]", re.DOTALL)
"""Words of ours; click's are in English, but for the value that was typed."""

_QUOTED = re.compile("'([^']*)'(?! is not one of)")


def in_words(error: click.ClickException) -> str:
    """What is wrong with a command, in both languages; what click says, in one line."""
    said = error.format_message()
    if not isinstance(error, click.BadParameter | click.NoSuchOption) and _OWN.match(said):
        return said
    line = " ".join(said.split())
    return f"{_chinese(error, line)}。{line}"


def _chinese(error: click.ClickException, said: str) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"，是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有 {error.option_name} 这个选项{near}"
    if isinstance(error, click.MissingParameter):
        return f"少写了 {_name(error)}"
    if isinstance(error, click.BadParameter):
        return f"{_name(error)} 不对：{_of_value(error.param.type if error.param else None, said)}"
    return "命令写得不对，用法见 build.py --help"


def _name(error: click.BadParameter) -> str:
    """What is asked for, as the help calls it: FILE, --source."""
    return error.param.get_error_hint(error.ctx).strip("'") if error.param and error.ctx else ""


def _of_value(kind: object, said: str) -> str:
    value = said.rpartition(": ")[2]
    if isinstance(kind, click.Path):
        name = (_QUOTED.findall(value) or [""])[-1]
        return f"没有 {name}" if value.endswith("does not exist.") else f"{name} 不能这样用"
    if isinstance(kind, click.Choice):
        return f"只能是 {'、'.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange | click.FloatRange):
        return f"要一个 {kind.min} 到 {kind.max} 的数"
    return "要一个数" if kind in (click.INT, click.FLOAT) else "不能是这个值"
