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

HEAD = """\
| line | what | now | recorded | goal | |
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


def write_table(lines: Iterable[Line], recorded: Mapping[str, RecordedLine]) -> str:
    """Write the Markdown table of docs/performance.md."""
    return HEAD + "".join(_write_row(line, recorded[line.name]) for line in lines)


def _write_row(line: Line, recorded: RecordedLine) -> str:
    before = "" if recorded.value is None else _with_unit(recorded.value, recorded.unit)
    goal, met = "", ""
    if recorded.goal is not None:
        goal = f"at most {_with_unit(recorded.goal, recorded.unit)}"
        met = "met" if line.value <= recorded.goal else "not met"
    value = _with_unit(line.value, recorded.unit)
    return f"| `{line.name}` | {recorded.title} | {value} | {before} | {goal} | {met} |\n"


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
