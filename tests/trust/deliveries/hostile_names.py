"""Files with hostile names, and what is no file at all, in the folders of reporters."""

import logging
import os
import socket
import stat
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.trust.deliveries.receiving import TOWNSHIP, Desk, at_a_desk, digest, is_accepted, unanswered
from tests.trust.homes import Homes
from tests.trust.lines import Line, Trial

NAMES: tuple[str | bytes, ...] = (
    "行\n换.xlsx", "\n.xlsx", "a\r\nSet-Cookie: b.xlsx", "\x1b[2J清屏.xlsx", "\x1b]0;题\x07.xlsx", "\x07.xlsx",
    "退\x08格.xlsx", "\x7f.xlsx", "\x9b31m.xlsx", "\x85.xlsx", "a\u2028b.xlsx", "a\u2029b.xlsx", "\u202exslx.村表.xlsx",
    "\u2066a\u2069.xlsx", "\u200fa.xlsx", "\ufeffa.xlsx", "a\u200bb.xlsx", "\ue000.xlsx", "\U0001f4ca.xlsx", "é.xlsx",
    "e\u0301.xlsx", "表\t格.xlsx", "甲" * 83 + ".xlsx", "x" * 250 + ".xlsx", "甲" * 85, "-rf.xlsx", "--help", "-",
    "a..xlsx", "a...", "a..b.xlsx", "a\\..\\..\\b.xlsx", "C:\\村表.xlsx", "%2e%2e%2fa.xlsx", "a%00.xlsx",
    "'; drop table dim_date; --.xlsx", '" or "1"="1.xlsx', "a'b.xlsx", "a;b.xlsx", "<script>alert(1)<.xlsx",
    "<img src=x onerror=alert(1)>.xlsx", "&lt;b&gt;.xlsx", "a&b.xlsx", '"><svg onload=1>.xlsx',
    "[点此](javascript:alert(1)).xlsx", "![图](x).xlsx", "**粗**.xlsx", "| 列 | 列 |.xlsx", "`码`.xlsx", "# 题.xlsx",
    "=1+1.xlsx", "=cmd|'!A1.xlsx", "+1.xlsx", "@sum(a).xlsx", "{{ 7*7 }}.xlsx", "{% raw %}.xlsx", "${HOME}.xlsx",
    "$(id).xlsx", "`id`.xlsx", "a*b?.xlsx", "[a-z].xlsx", "a{b,c}.xlsx", "空 格 .xlsx", " .xlsx", "　.xlsx", "CON.xlsx",
    "NUL", "村表", "村表.xlsx.exe", "村表".encode("gb18030") + b".xlsx", b"\xff\xfe.xlsx", b"\xed\xa0\x80.xlsx",
    b"\xc0\xaf.xlsx", "联系人甄隐士139-0000-1111.xlsx",
)  # fmt: skip
"""Each of a sound workbook, which is to be received under a name that can be shown in one line."""


def _link(path: Path) -> None:
    path.symlink_to(path.parents[2] / "keys" / "persons.key")


def _device(path: Path) -> None:
    """Make what gives zeros without end; a pipe where only root may."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(path.parent)  # the name of a socket has little room
        listening.bind(path.name)


IGNORED: dict[str, Callable[[Path], object]] = {
    "链接.xlsx": _link,
    "断链.xlsx": lambda path: path.symlink_to("没有"),
    "自链.xlsx": lambda path: path.symlink_to(path.name),
    "外链": lambda path: path.symlink_to("/etc"),
    "管道.xlsx": os.mkfifo,
    "套接.xlsx": _socket,
    "设备.xlsx": _device,
}
"""What is ignored, and stays where it is."""


class _Words(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def take(self) -> list[str]:
        lines, self.lines = self.lines, []
        return lines


def _try_names(names: tuple[str | bytes, ...], desk: Desk) -> list[str]:
    from tests.trust.deliveries.formats import sound_file

    files = {
        f"{TOWNSHIP}/{os.fsdecode(name)}": sound_file("xlsx", persons=1000 + number)[1]
        for number, name in enumerate(names)
    }
    for place, data in files.items():
        desk.drop(place, data)
    received = desk.receive()
    failures = []
    for place, data in files.items():
        of_file = [receipt for receipt in received if receipt.file.sha256 == digest(data)]
        wrong = unanswered(of_file) or "; ".join(_unshowable(receipt.file.name) for receipt in of_file)
        if not wrong and not is_accepted(of_file):
            wrong = f"refused: {[receipt.reasons for receipt in of_file]}"
        if not wrong and (desk.home.inbox / place).exists():
            wrong = "still in the inbox"
        failures += [f"{place!a}: {wrong}"] * bool(wrong)
    return failures + [f"lost: {place!a}" for place in desk.unkept(files)]


def _unshowable(name: str) -> str:
    """Say what of a name in a receipt breaks lines or turns them; empty where nothing does."""
    odd = [
        c for c in name if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in "\u202e\u2066\u200f"
    ]
    return f"the receipt names it {name!a}" if odd or "139-0000" in name else ""


def _try_nodes(desk: Desk) -> list[str]:
    from tests.trust.deliveries.formats import sound_file

    words = _Words()
    logging.getLogger("sources.intake").addHandler(words)
    folder = desk.home.inbox / TOWNSHIP
    folder.mkdir(exist_ok=True)
    for name, make in IGNORED.items():
        make(folder / name)
    (folder / "夹.xlsx").mkdir()
    read = {"夹.xlsx/内.xlsx": 900, "硬链.xlsx": 901, "无权.xlsx": 902, "旁.xlsx": 903}
    files = {f"{TOWNSHIP}/{name}": sound_file("xlsx", persons=n)[1] for name, n in read.items()}
    for place, data in files.items():
        desk.drop(place, data)
    (folder / "硬链二.xlsx").hardlink_to(folder / "硬链.xlsx")
    (folder / "无权.xlsx").chmod(0)
    desk.drop(f"{TOWNSHIP}/空.xlsx", b"")
    received = desk.receive()
    lines = words.take()
    failures = [
        f"{place}: not accepted"
        for place, data in files.items()
        if not is_accepted(receipt for receipt in received if receipt.file.sha256 == digest(data))
    ]
    names = [receipt.file.name for receipt in received]
    failures += [f"{name}: no receipt" for name in ("空.xlsx", "硬链二.xlsx") if names.count(name) != 1]
    for name in IGNORED:
        if sum(f"{TOWNSHIP}/{name}" in line for line in lines) != 1 or name in names:
            failures.append(f"{name}: not ignored and named once")
        if not os.path.lexists(folder / name):
            failures.append(f"{name}: gone")
    key = next(desk.home.keys.iterdir()).read_bytes()
    return failures + ["the key is in the archive"] * (desk.home.archive / digest(key)).exists()


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    names = NAMES[::12] if short else NAMES
    return [
        at_a_desk(partial(_try_names, names), "names", len(names), load=True),
        at_a_desk(_try_nodes, "nodes", len(IGNORED) + 6, load=not short),
    ]


HOSTILE_NAMES = Line(
    "hostile_names", "hostile names of files; links, pipes, sockets, devices, folders for files", _plan
)
