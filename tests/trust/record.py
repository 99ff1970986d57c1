"""The table in docs/trust.md, between two comments: a row a line, each from its last run."""

from collections.abc import Sequence
from pathlib import Path

from tests.trust.lines import Tally, rows_of

DOCUMENT = Path(__file__).parents[2] / "docs" / "trust.md"
BEGIN, END = "<!-- make trust -->\n", "<!-- end -->"
HEAD = "| fault | trials | passed | seed | at |\n|---|---|---|---|---|\n"


def write_into_document(
    tallies: Sequence[Tally], commit: str, order: Sequence[str], document: Path = DOCUMENT
) -> None:
    """Put the rows of lines in the place of those that stand there. order: all faults as they are listed.

    Raises OSError, or ValueError where there is no place.
    """
    before, _, rest = document.read_text("utf-8").partition(BEGIN)
    table, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{document.name} has no place for the table")
    rows = {row.split(" | ")[0].removeprefix("| "): row for row in table.splitlines() if row.startswith("| ")}
    rows |= {tally.fault: f"{row} {commit} |" for tally, row in zip(tallies, rows_of(tallies), strict=True)}
    kept = "".join(f"{rows[fault]}\n" for fault in order if fault in rows)
    document.write_text(f"{before}{BEGIN}{HEAD}{kept}{END}{after}", "utf-8")
