"""What to open and to type after a load: pages, answers to senders, commands."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import NamedTuple

from pipelines.state.addresses import QUALITY_PAGE, pages_folder
from pipelines.terminal.headlines import Headline
from sources.home.folders import Home


class NextStep(NamedTuple):
    """What is shown, and the file to open or the command to type for it."""

    shows: str
    what: str


def list_next_steps(home: Home, headlines: list[Headline]) -> Iterator[NextStep]:
    """List what there is: pages that are written, an answer with marked cells, commands on the published figures."""
    pages = pages_folder(home.root)
    for bulletin in sorted(pages.glob("公报????.html"))[-1:]:
        yield NextStep("公报", shown_path(bulletin))
    if (pages / QUALITY_PAGE).exists():
        yield NextStep("质量页", shown_path(pages / QUALITY_PAGE))
    copies = home.outbox.glob("*/退回_*退回标注.xlsx")
    if copy := max(copies, key=lambda path: path.stat().st_mtime, default=None):
        yield NextStep("退回的副本", f"{shown_path(copy.parent)}/")
    if home.root.absolute() != Path("data").absolute():
        yield NextStep("以下先执行", f"export XIANGCANG_HOME={shlex.quote(shown_path(home.root))}")
    if headlines:
        first = headlines[0]
        yield NextStep("数从哪来", _command(f"trace {first.indicator_code} -p {first.period}"))
    yield NextStep("界面", _command("ui"))


def _command(command: str) -> str:
    """Write a command as it can be typed here: with its folder, where no environment is active."""
    program = "xiangcang" if which("xiangcang") else shown_path(Path(sys.executable).with_name("xiangcang"))
    return f"{program} {command}"


def shown_path(path: Path) -> str:
    """Write a path as it is typed from here."""
    path = path.absolute()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
