"""The table in docs/trust.md, between two comments."""

from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "trust.md"
BEGIN, END = "<!-- make trust -->", "<!-- end -->"


def write_into_document(table: str, document: Path = DOCUMENT) -> None:
    """Put the table in the place of the one that stands there. Raises OSError or ValueError where there is no place."""
    before, _, rest = document.read_text("utf-8").partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"{document.name} has no place for the table")
    document.write_text(f"{before}{BEGIN}\n{table}{END}{after}", "utf-8")
