"""Answers about single files: the output of `xiangcang check` on each file of a folder of cases, kept as JSON.

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
"""The module in the name of an exception's class."""

_DEFAULT_REPORTERS = ["gaoshan", "rcb_yungang", "psbc_yungang"]
"""Reporters of cases whose README names none: a township, and the banks that send text."""


def write_case_answers(home: Path, cases: Path, xiangcang: Path) -> None:
    """Write `<home>/answers/<case>/<file>.<reporter>.json` for every file, two asked at a time."""
    files = [*case_files(cases)]
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as threads:
        check = partial(_check_file, xiangcang=xiangcang, home=Path(scratch))
        answers = threads.map(lambda file: check(*file), files)
        for (path, reporter), answer in zip(files, answers, strict=True):
            target = home / "answers" / path.relative_to(cases).with_name(f"{path.name}.{reporter}.json")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(json.dumps(answer, ensure_ascii=False, indent=1), "utf-8")


def case_files(cases: Path) -> Iterator[tuple[Path, str]]:
    """Find each file of each case, with each reporter that its README names."""
    for case in sorted(path for path in cases.iterdir() if path.is_dir()):
        for path in sorted(path for path in case.rglob("*") if path.is_file() and path.name != "README.md"):
            for reporter in reporters_of(case / "README.md"):
                yield path, reporter


def reporters_of(readme: Path) -> list[str]:
    """Read the codes in the line `Reporter: a / b.` of a README; the default ones where it names none."""
    line = _REPORTERS_LINE.search(readme.read_text("utf-8")) if readme.exists() else None
    codes = line[1].split(".")[0] if line else ""
    words = [code.strip() for code in re.split("[/,]", codes)]
    return [word for word in words if _CODE.fullmatch(word)] or _DEFAULT_REPORTERS


def _check_file(path: Path, reporter: str, *, xiangcang: Path, home: Path) -> dict[str, object]:
    """Run `check` on a file; return exit code, printed lines and last line of the errors, also where it fails."""
    command = [str(xiangcang), "check", "--reporter", reporter, str(path)]
    environment = os.environ | {"XIANGCANG_HOME": str(home)}
    start = minute_of(datetime.now(TIME_ZONE))
    completed = subprocess.run(command, env=environment, capture_output=True, text=True, errors="replace")
    neutral = neutral_within([(start, datetime.now(TIME_ZONE).replace(tzinfo=None))])
    last_error = ["", *completed.stderr.strip().splitlines()][-1]
    return {
        "exit_code": completed.returncode,
        "output": neutral(completed.stdout).splitlines(),
        "last_error": _ARRIVAL.sub("file (arrival)", _MODULE.sub("", last_error)),
    }
