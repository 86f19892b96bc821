"""The command line: one module for each command, imported when it is asked for.

Comes in: the words of a person or a workflow. Goes out: steps and problems in print, and the exit code: 0 all is well,
1 the data has problems, 2 used wrongly. Here stand the list of commands and what becomes of an exception; `common` has
the options and the printing that commands share.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from pathlib import Path

import click
from click_default_group import DefaultGroup

from openplans import garbage
from openplans.cli import common, usage
from openplans.packages.read import UnknownPlan
from openplans.pipeline import Busy

COMMANDS = (
    "site", "check", "fmt", "diff", "release", "new", "draft", "accept", "desk", "form", "take", "database", "serve",
)  # fmt: skip
"""Every command, in the order of the help. `openplans/cli/<name>.py` holds its function `command`."""


class Commands(DefaultGroup):
    """A group that imports a command's module only when that command is needed (click's lazy loading)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name; the default command for what is none."""
        wanted = name if name in COMMANDS else self.default_cmd_name
        self.commands[wanted] = import_module(f"openplans.cli.{wanted}").command
        found: click.Command | None = super().get_command(ctx, name)
        return found


@click.group(
    cls=Commands, default="site", default_if_no_args=True, context_settings={"help_option_names": ["-h", "--help"]}
)
def cli() -> None:
    """Check the data packages and build the Open Plans site."""


def main() -> int:
    """Run the command line and return the exit code."""
    garbage.collect_seldom()
    _have_streams()
    if (said := foreign(sys.platform)) is not None:
        click.echo(said, err=True)
    if sys.flags.optimize > 1:
        return _refused(
            "python -OO（PYTHONOPTIMIZE=2）去掉了 Altair 画图要读的说明，请去掉它，或者改用 -O。"
            "Python -OO (PYTHONOPTIMIZE=2) takes away the docstrings that Altair reads; leave it out, or use -O"
        )
    code = 0

    def run() -> None:
        nonlocal code
        code = cli.main(standalone_mode=False) or 0

    try:
        return code if common.attempt(run) else 1
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        click.echo("已中断。Interrupted.", err=True)
        return 130
    except UnknownPlan as missing:
        return _refused(
            f"datapackages/plans/ 里没有计划 {missing}。There is no plan {str(missing)!r} in datapackages/plans/"
        )
    except Busy:
        return _refused(
            "这个项目正有另一个命令在写（构建、fmt、take 或 release），等它完了再来。"
            "Another build, fmt, take or release of this project is at work; try again when it is done"
        )
    except OSError as error:
        why = _WHY.get(error.errno or 0, "不能读写这个文件")
        return _refused(f"{why}。{error.strerror or error}: {error.filename or ''}")
    except click.ClickException as error:
        return _refused(usage.in_words(error))


_WHY = {
    errno.EACCES: "这个文件或它的文件夹是只读的，或者属于别人",
    errno.EPERM: "这个文件或它的文件夹是只读的，或者属于别人",
    errno.EROFS: "这个磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘的配额用完了",
    errno.EMFILE: "打开的文件太多，超过了这个会话的上限，先放宽它（ulimit -n 1024）",
    errno.ENFILE: "打开的文件太多，超过了系统的上限",
}
"""What keeps a file from being read or written, by the number that the system gives."""


def _have_streams() -> None:
    """Have all three streams, and question marks on a terminal without Chinese. Where one is closed, the next file that
    is opened would take its number (file descriptor), and what is printed would go into the file."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  open to the end
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def foreign(platform: str) -> str | None:
    """What to say first on a system that nobody has tried this on; None on one that somebody has."""
    if platform != "win32":
        return None
    return (
        "没有在 Windows 上试过：两个构建不会互相避让，网站不能一步换上，服务器不能发送文件。"
        "请用 WSL（wsl --install）。\n"
        "Not tried on Windows: two builds are not kept apart, no site is swapped in one step, "
        "and the server can send no file (/dev/fd). Use WSL (wsl --install)."
    )


def _refused(why: str) -> int:
    """Say in one line why nothing was done."""
    click.echo(f"build.py: {why}", err=True)
    return 2
