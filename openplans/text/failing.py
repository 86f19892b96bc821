"""A template of the root's own that fails while it is rendered -> its file, its line and what is wrong, in words.

Comes in: an exception, here or in a worker. Goes out: WrongTemplate, which the command line prints as it prints other
problems; what fails in a template of this project is a fault of ours and keeps its traceback. Apart, because what
syntax is can be told by the check, a name without a value only by rendering.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePath
from types import FrameType
from typing import TypeVar

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError, UndefinedError

from openplans.problems import PublishError
from openplans.text.i18n import OWN

Item = TypeVar("Item")
Result = TypeVar("Result")

_KINDS: tuple[tuple[type[Exception], str, str], ...] = (
    (TemplateNotFound, "没有这个模板", "there is no such template"),
    (TemplateSyntaxError, "模板读不通", "it is no template"),
    (UndefinedError, "用了没有的名字", "it uses a name that is not there"),
    (RecursionError, "模板没完没了地调用自己", "it calls itself without end"),
    (OverflowError, "循环太长", "a loop is too long"),
)
"""What can be wrong with a template, by Jinja's exceptions."""


class WrongTemplate(PublishError):
    """A template of the root's own fails; the message is for its author."""


@contextmanager
def in_words() -> Iterator[None]:
    """Say which template of the root's own fails, where one does."""
    try:
        yield
    except PublishError:
        raise
    except Exception as error:
        if place := _place(error):
            raise WrongTemplate(_told(error, *place)) from error
        raise


def reported(work: Callable[[Item], Result]) -> Callable[[Item], Result]:
    """The same work for a worker: a traceback does not come back from there, words do."""
    return partial(_reported, work)


def _reported(work: Callable[[Item], Result], item: Item) -> Result:
    with in_words():
        return work(item)


def _told(error: Exception, file: str, line: int) -> str:
    zh, en = next(
        ((zh, en) for kind, zh, en in _KINDS if isinstance(error, kind)), ("模板渲染时出错", "it fails while rendered")
    )
    said = error.name if isinstance(error, TemplateNotFound) else str(error).partition("\n")[0]
    said = said or type(error).__name__
    return (
        f"{file}:{line} {zh}：{said}\n{file}:{line} {en}: {said}\n"
        f"怎样改：模板能用的名字、过滤器和文件，就是本项目 templates/ 里的模板所用的那些。\n"
        f"To mend: a template can use the names, filters and files that this project's own in templates/ use."
    )


def _place(error: Exception) -> tuple[str, int] | None:
    """The innermost template of the root's own that was at work: its file and line."""
    if isinstance(error, TemplateSyntaxError) and (file := _own(error.filename)):
        return file, error.lineno
    found = [(file, line) for name, line in map(_frame, traceback.walk_tb(error.__traceback__)) if (file := _own(name))]
    return found[-1] if found else None


def _frame(each: tuple[FrameType, int]) -> tuple[str | None, int]:
    """The file and line of a frame; of a compiled template, those of its source."""
    frame, line = each
    template = frame.f_globals.get("__jinja_template__")
    if isinstance(template, Template):
        return template.filename, template.get_corresponding_lineno(line)
    return frame.f_code.co_filename, line


def _own(file: str | None) -> str:
    """What a template is called in its root; "" for one that is not the root's own."""
    parts = PurePath(file or "").parts
    return "/".join(("templates", *parts[parts.index(OWN) + 1 :])) if OWN in parts else ""
