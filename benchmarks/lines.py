"""Lines of the table: what each measures, its recorded value and goal; comparison, Markdown, recording.

All are better the lower they are. A line is a ratio, but for memory and bytes, which are alike on any machine.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

RECORDED = Path(__file__).with_name("recorded.toml")
TOLERATED = 1.25
"""How many times its recorded value a line may be."""

DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """\
| line | what | recorded | at | goal | |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class RecordedLine:
    """What is kept of a line. unit: `x` for a ratio. value, commit: of the last recording, None before the first."""

    title: str
    unit: str = "x"
    goal: float | None = None
    value: float | None = None
    commit: str | None = None


@dataclass(frozen=True)
class Line:
    """A line as measured now. costs: what it was computed from, to be read."""

    name: str
    value: float
    costs: str = ""


def read_recorded(path: Path = RECORDED) -> dict[str, RecordedLine]:
    """Read the recorded lines, by name."""
    return {name: RecordedLine(**line) for name, line in tomllib.loads(path.read_text("utf-8")).items()}


def list_regressions(lines: Iterable[Line], recorded: Mapping[str, RecordedLine]) -> list[str]:
    """List the lines that are over their recorded value by more than a quarter, or have none."""
    problems = []
    for line in lines:
        before = recorded[line.name].value if line.name in recorded else None
        if before is None:
            problems.append(f"{line.name}: {line.value:.3g}, and no value is recorded; record with --record")
        elif line.value > before * TOLERATED:
            problems.append(
                f"{line.name}: {line.value:.3g}, recorded {before:.3g}: over it by more than a quarter"
            )
    return problems


def write_line(line: Line, recorded: RecordedLine | None) -> str:
    """Write a line as it was measured, for the terminal."""
    unit = recorded.unit if recorded else "x"
    before = (
        "" if recorded is None or recorded.value is None else f", recorded {_with_unit(recorded.value, unit)}"
    )
    costs = f" ({line.costs})" if line.costs else ""
    return f"{line.name}: {_with_unit(line.value, unit)}{before}{costs}"


def write_table(recorded: Mapping[str, RecordedLine]) -> str:
    """Write the Markdown table of docs/performance.md: all recorded lines."""
    return HEAD + "".join(_write_row(name, line) for name, line in recorded.items())


def write_into_document(recorded: Mapping[str, RecordedLine], path: Path = DOCUMENT) -> None:
    """Put the table of recorded lines in the place of the one that the document has. Raises ValueError without one."""
    before, _, rest = path.read_text("utf-8").partition(HEAD)
    _, blank, after = rest.partition("\n\n")
    if not blank:
        raise ValueError(f"{path} has no table of the benchmarks")
    path.write_text(f"{before}{write_table(recorded)}\n{after}", "utf-8")


def _write_row(name: str, line: RecordedLine) -> str:
    value, goal, met = "", "", ""
    if line.value is not None:
        value = _with_unit(line.value, line.unit)
    if line.goal is not None:
        goal = f"at most {_with_unit(line.goal, line.unit)}"
    if line.value is not None and line.goal is not None:
        met = "met" if line.value <= line.goal else "not met"
    return f"| `{name}` | {line.title} | {value} | {line.commit or ''} | {goal} | {met} |\n"


def _with_unit(value: float, unit: str) -> str:
    number = f"{value:.3g}" if value < 100 else f"{value:.0f}"
    return f"{number}{unit}" if unit == "x" else f"{number} {unit}".strip()


def record(lines: Iterable[Line], commit: str, path: Path = RECORDED) -> None:
    """Write the values of lines as measured at a commit; all else stays. Raises KeyError for a line without a title."""
    recorded = read_recorded(path)
    for line in lines:
        recorded[line.name] = replace(recorded[line.name], value=float(f"{line.value:.3g}"), commit=commit)
    comment = path.read_text("utf-8").split("\n[", 1)[0]
    path.write_text("\n".join([comment, *(_write_entry(*entry) for entry in recorded.items())]), "utf-8")


def _write_entry(name: str, line: RecordedLine) -> str:
    values = {
        key: value for key, value in vars(line).items() if value is not None and (key, value) != ("unit", "x")
    }
    rows = (
        f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value:g}"
        for key, value in values.items()
    )
    return f"[{name}]\n" + "\n".join(rows) + "\n"
