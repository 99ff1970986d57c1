"""Answers of a home's own code: blank forms and traces of figures, which a home does not store.

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
        """Call the command with each list of arguments; return exit code, output and last line of the errors.

        One process of the Python beside the command takes all calls, which saves starting each; where there
        is no Python, the command itself is run for each.
        """
        environment = os.environ | {"XIANGCANG_HOME": str(self.home)}
        python = self.xiangcang.with_name("python")
        if python.exists():
            command = [str(python), "-P", str(_IN_TURN), self.xiangcang.name]
            completed = subprocess.run(
                command, env=environment, input=json.dumps(calls), capture_output=True, text=True, check=True
            )
            answers: list[dict[str, Any]] = json.loads(completed.stdout)
            return answers
        return [_run([str(self.xiangcang), *call], environment) for call in calls]


def _run(command: list[str], environment: dict[str, str]) -> dict[str, Any]:
    completed = subprocess.run(command, env=environment, capture_output=True, text=True)
    last_error = ["", *completed.stderr.strip().splitlines()][-1]
    return {"exit_code": completed.returncode, "output": completed.stdout, "last_error": last_error}


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
    """Compare the traces of so many figures drawn from those of A, the same ones each time."""
    if not all(warehouse_of(side.home).exists() for side in (a, b)):
        return
    figures = draw_figures(a.home, number)
    calls = [["trace", code, "-p", period, "-d", place, "--json"] for code, period, place in figures]
    with ThreadPoolExecutor(2) as threads:
        answers_a, answers_b = threads.map(lambda side: side.ask(calls), (a, b))
    for figure, answer_a, answer_b in zip(figures, answers_a, answers_b, strict=True):
        a_object, b_object = _parse_output(answer_a), _parse_output(answer_b)
        comparison.compare_json("trace", " ".join(figure), a_object, b_object, left_out=FIELDS["trace"])


def draw_figures(home: Path, number: int) -> list[tuple[str, str, str]]:
    """Draw so many figures of a home: indicator, period and division of each."""
    with duckdb.connect(str(warehouse_of(home)), read_only=True) as warehouse:
        figures = warehouse.execute(
            "select indicator_code, period, division_code from mart_figure order by all"
        ).fetchall()
    return random.Random(_SEED).sample(figures, min(number, len(figures)))


def _parse_output(answer: dict[str, Any]) -> dict[str, Any]:
    """Parse the printed JSON of an answer, so that what differs in it is named."""
    output = answer["output"]
    return answer | {"output": json.loads(output, parse_float=str) if output.startswith("{") else output}
