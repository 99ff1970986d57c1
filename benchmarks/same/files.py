"""Folders of files for people: replies in the outbox, pages, blank forms.

Put here what pairs files by name and chooses how a file is compared.
"""

import hashlib
from pathlib import Path

from benchmarks.same.clock import Neutral
from benchmarks.same.comparison import Comparison
from benchmarks.same.workbooks import compare_workbooks


def compare_folders(
    comparison: Comparison, kind: str, folder_a: Path, folder_b: Path, neutral_a: Neutral, neutral_b: Neutral
) -> None:
    """Compare the files of two folders: workbooks by cell, texts by line, anything else by its bytes."""
    paths_a, paths_b = (
        {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        for folder in (folder_a, folder_b)
    )
    for name in comparison.compare_names(kind, "file", paths_a, paths_b):
        a, b = paths_a[name].read_bytes(), paths_b[name].read_bytes()
        if name.endswith(".xlsx"):
            compare_workbooks(comparison, kind, name, a, b, neutral_a, neutral_b)
        else:
            comparison.compare_lines(kind, name, _lines(a, neutral_a), _lines(b, neutral_b))


def _lines(data: bytes, neutral: Neutral) -> list[str]:
    """The lines of a text with their ends; of what is no text, its hash."""
    try:
        return neutral(data.decode("utf-8")).splitlines(keepends=True)
    except UnicodeDecodeError:
        return [f"SHA-256 {hashlib.sha256(data).hexdigest()}"]
