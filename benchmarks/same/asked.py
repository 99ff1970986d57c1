"""What a home does not store and its code makes when asked: blank forms, and the trace of a figure.

Put here what runs `xiangcang` on a home.
"""

import json
import os
import random
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.same.clock import neutral_for
from benchmarks.same.comparison import Comparison
from benchmarks.same.files import compare_folders
from benchmarks.same.left_out import FIELDS
from benchmarks.same.tables import warehouse_of

_IN_TURN = Path(__file__).with_name("in_turn.py")
_SEED = 852


@dataclass(frozen=True)
class Side:
    """A home and the command of the code that made it."""

    home: Path
    xiangcang: Path

    def ask(self, calls: list[list[str]]) -> list[dict[str, Any]]:
        """Call the command with each list of arguments; exit code, output and last line of the errors of each.

        One process of the Python beside the command takes all calls, which saves starting each; where there is
        none, the command itself is run for each.
        """
        environment = os.environ | {"XIANGCANG_HOME": str(self.home)}
        python = self.xiangcang.with_name("python")
        if python.exists():
            command = [str(python), "-P", str(_IN_TURN), self.xiangcang.name]
            answered = subprocess.run(
                command, env=environment, input=json.dumps(calls), capture_output=True, text=True, check=True
            )
            answers: list[dict[str, Any]] = json.loads(answered.stdout)
            return answers
        return [_run([str(self.xiangcang), *call], environment) for call in calls]


def _run(command: list[str], environment: dict[str, str]) -> dict[str, Any]:
    asked = subprocess.run(command, env=environment, capture_output=True, text=True)
    last_error = (["", *asked.stderr.strip().splitlines()])[-1]
    return {"exit_code": asked.returncode, "output": asked.stdout, "last_error": last_error}


def compare_templates(comparison: Comparison, a: Side, b: Side) -> None:
    """Compare the blank forms that the code of each side writes."""
    with tempfile.TemporaryDirectory() as scratch:
        folders = Path(scratch, "a"), Path(scratch, "b")
        for side, folder in zip((a, b), folders, strict=True):
            (answer,) = side.ask([["templates", str(folder)]])
            if answer["exit_code"]:
                raise RuntimeError(f"{side.xiangcang} templates: {answer['last_error']}")
        compare_folders(comparison, "template", *folders, neutral_for(a.home), neutral_for(b.home))


def compare_traces(comparison: Comparison, a: Side, b: Side, number: int) -> None:
    """Compare the traces of figures drawn from those of A, the same ones each time."""
    if not all(warehouse_of(side.home).exists() for side in (a, b)):
        return
    figures = draw_figures(a.home, number)
    calls = [["trace", code, "-p", period, "-d", place, "--json"] for code, period, place in figures]
    with ThreadPoolExecutor(2) as threads:
        answers_a, answers_b = threads.map(lambda side: side.ask(calls), (a, b))
    for figure, answer_a, answer_b in zip(figures, answers_a, answers_b, strict=True):
        a_object, b_object = _with_object(answer_a), _with_object(answer_b)
        comparison.compare_json("trace", " ".join(figure), a_object, b_object, left_out=FIELDS["trace"])


def draw_figures(home: Path, number: int) -> list[tuple[str, str, str]]:
    """Indicator, period and division of some figures of a home."""
    with duckdb.connect(str(warehouse_of(home)), read_only=True) as warehouse:
        figures = warehouse.execute(
            "select indicator_code, period, division_code from mart_figure order by all"
        ).fetchall()
    return random.Random(_SEED).sample(figures, min(number, len(figures)))


def _with_object(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer whose printed JSON is read, so that what differs in it is named."""
    output = answer["output"]
    return answer | {"output": json.loads(output, parse_float=str) if output.startswith("{") else output}
