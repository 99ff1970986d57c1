"""Files of a home, paired by name: JSON documents, and folders of files for people (replies, pages, blank forms).

Put here what pairs files and chooses how they are compared.
"""

import hashlib
import json
from pathlib import Path

from benchmarks.same.clock import Neutral
from benchmarks.same.comparison import Comparison
from benchmarks.same.left_out import FIELDS
from benchmarks.same.workbooks import compare_workbooks, read_parts

_DOCUMENTS = {
    "receipt": "receipts/*.json",
    "arrival": "archive/arrivals/*.json",
    "manifest": "history/v*/manifest.json",
    "answer": "answers/**/*.json",
}
"""Patterns of paths in a home, by kind of document."""


def compare_folders(
    comparison: Comparison, kind: str, folder_a: Path, folder_b: Path, neutral_a: Neutral, neutral_b: Neutral
) -> None:
    """Compare the files of two folders: workbooks by cell, documents by paragraph, texts by line, anything else by its bytes."""
    paths_a, paths_b = (
        {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        for folder in (folder_a, folder_b)
    )
    for name in comparison.compare_names(kind, "file", paths_a, paths_b):
        a, b = paths_a[name].read_bytes(), paths_b[name].read_bytes()
        if name.endswith(".xlsx"):
            compare_workbooks(comparison, kind, name, a, b, neutral_a, neutral_b)
        elif name.endswith(".docx"):
            comparison.compare_lines(kind, name, _split_parts(a, neutral_a), _split_parts(b, neutral_b))
        else:
            comparison.compare_lines(kind, name, _split_lines(a, neutral_a), _split_lines(b, neutral_b))


def _split_parts(data: bytes, neutral: Neutral) -> list[str]:
    """Split the parts of a document into lines: a paragraph each."""
    parts = sorted(read_parts(data, neutral).items())
    return [f"{name}: {line}" for name, text in parts for line in text.split("</w:p>")]


def _split_lines(data: bytes, neutral: Neutral) -> list[str]:
    """Split a text into lines with their ends; give the hash of bytes that are no text."""
    try:
        return neutral(data.decode("utf-8")).splitlines(keepends=True)
    except UnicodeDecodeError:
        return [f"SHA-256 {hashlib.sha256(data).hexdigest()}"]


def compare_documents(comparison: Comparison, home_a: Path, home_b: Path) -> None:
    """Compare the documents of each kind by name; records of loads, whose names are times, in their order."""
    for kind, pattern in _DOCUMENTS.items():
        paths_a, paths_b = (
            {path.relative_to(home).as_posix(): path for path in home.glob(pattern)}
            for home in (home_a, home_b)
        )
        for name in comparison.compare_names(kind, "file", paths_a, paths_b):
            _compare_document(comparison, kind, name, paths_a[name], paths_b[name])
    loads_a, loads_b = (
        {
            f"load {number}": path
            for number, path in enumerate(sorted(home.glob("history/loads/*.json")), start=1)
        }
        for home in (home_a, home_b)
    )
    for name in comparison.compare_names("load", "file", loads_a, loads_b):
        _compare_document(comparison, "load", name, loads_a[name], loads_b[name])


def _compare_document(comparison: Comparison, kind: str, name: str, a: Path, b: Path) -> None:
    document_a, document_b = (json.loads(path.read_bytes(), parse_float=str) for path in (a, b))
    comparison.compare_json(kind, name, document_a, document_b, left_out=FIELDS[kind])
