"""A line of the table: a fault, its trials, and how many of them passed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.trust.homes import Homes

Attempt = Callable[[Path, Homes], list[str]]
"""Tries a fault in an empty folder of its own; gives what does not hold, nothing where all does."""


@dataclass(frozen=True)
class Trial:
    """Some trials that run one after the other in one process. failures: at most one a trial is counted."""

    name: str
    attempt: Attempt
    count: int = 1


@dataclass(frozen=True)
class Line:
    """A fault and its trials. plan: gives the trials of a seed, or of its short run."""

    name: str
    fault: str
    plan: Callable[[int, Homes, bool], Sequence[Trial]]


@dataclass(frozen=True)
class Tally:
    """What came of a line. failures: what did not hold, each with the name of its trial."""

    name: str
    fault: str
    trials: int
    passed: int
    seed: int
    failures: tuple[str, ...]


def tally(line: Line, seed: int, trials: Sequence[Trial], failures: dict[str, list[str]]) -> Tally:
    """Count the trials of a line. failures: by name of trial."""
    failed = sum(min(trial.count, len(failures[trial.name])) for trial in trials)
    count = sum(trial.count for trial in trials)
    named = tuple(f"{trial.name}: {failure}" for trial in trials for failure in failures[trial.name])
    return Tally(line.name, line.fault, count, count - failed, seed, named)


def rows_of(tallies: Sequence[Tally]) -> list[str]:
    """Write the rows of the table as Markdown: fault, trials, passed, seed."""
    return [f"| {line.fault} | {line.trials:,} | {line.passed:,} | {line.seed} |" for line in tallies]


def table_of(tallies: Sequence[Tally]) -> str:
    """Write the table as Markdown."""
    return "\n".join(["| fault | trials | passed | seed |", "|---|---|---|---|", *rows_of(tallies), ""])
