"""Answers about single files: what `xiangcang check` prints of each file of a folder of cases, kept as JSON.

Put here what asks about files without loading them.
"""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path

from benchmarks.same.clock import TIME_ZONE, minute_of, neutral_within

_REPORTERS_LINE = re.compile(r"^Reporters?: *(.+)$", re.MULTILINE)
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)*")
_ARRIVAL = re.compile(r"\bfile [0-9a-f]{12}\b")
_MODULE = re.compile(r"^(?:\w+\.)+(?=\w+: )")
"""Of the class of an exception."""

_DEFAULT_REPORTERS = ["gaoshan", "rcb_yungang", "psbc_yungang"]
"""Of cases whose README names none: a township, and the banks that send text."""


def write_case_answers(home: Path, cases: Path, xiangcang: Path) -> None:
    """Write `<home>/answers/<case>/<file>.<reporter>.json` for every file, two asked at a time."""
    files = [*case_files(cases)]
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as threads:
        ask = partial(_answer, xiangcang=xiangcang, home=Path(scratch))
        answers = threads.map(lambda asked: ask(*asked), files)
        for (path, reporter), answer in zip(files, answers, strict=True):
            kept = home / "answers" / path.relative_to(cases).with_name(f"{path.name}.{reporter}.json")
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(answer, ensure_ascii=False, indent=1), "utf-8")


def case_files(cases: Path) -> Iterator[tuple[Path, str]]:
    """Each file of each case with each reporter that its README names."""
    for case in sorted(path for path in cases.iterdir() if path.is_dir()):
        for path in sorted(path for path in case.rglob("*") if path.is_file() and path.name != "README.md"):
            for reporter in reporters_of(case / "README.md"):
                yield path, reporter


def reporters_of(readme: Path) -> list[str]:
    """The codes in the line `Reporter: a / b.`, or the default ones where it names none."""
    line = _REPORTERS_LINE.search(readme.read_text("utf-8")) if readme.exists() else None
    codes = line[1].split(".")[0] if line else ""
    named = [code.strip() for code in re.split("[/,]", codes)]
    return [code for code in named if _CODE.fullmatch(code)] or _DEFAULT_REPORTERS


def _answer(path: Path, reporter: str, *, xiangcang: Path, home: Path) -> dict[str, object]:
    """The exit code, the printed lines and the last line of the errors, also where `check` itself fails."""
    command = [str(xiangcang), "check", "--reporter", reporter, str(path)]
    environment = os.environ | {"XIANGCANG_HOME": str(home)}
    start = minute_of(datetime.now(TIME_ZONE))
    asked = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")
    neutral = neutral_within([(start, datetime.now(TIME_ZONE).replace(tzinfo=None))])
    last_error = ["", *asked.stderr.strip().splitlines()][-1]
    return {
        "exit_code": asked.returncode,
        "output": neutral(asked.stdout).splitlines(),
        "last_error": _ARRIVAL.sub("file (arrival)", _MODULE.sub("", last_error)),
    }
