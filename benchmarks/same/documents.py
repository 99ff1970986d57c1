"""JSON documents of a home: receipts, arrivals, records of loads, manifests of versions, answers about cases.

Put here what reads JSON files of a home.
"""

import json
from pathlib import Path

from benchmarks.same.comparison import Comparison
from benchmarks.same.left_out import FIELDS

_PLACES = {
    "receipt": "receipts/*.json",
    "arrival": "archive/arrivals/*.json",
    "manifest": "history/v*/manifest.json",
    "answer": "answers/**/*.json",
}


def compare_documents(comparison: Comparison, home_a: Path, home_b: Path) -> None:
    """Compare the documents of each kind by name; records of loads, whose names are times, in their order."""
    for kind, pattern in _PLACES.items():
        paths_a, paths_b = (
            {path.relative_to(home).as_posix(): path for path in home.glob(pattern)}
            for home in (home_a, home_b)
        )
        for name in comparison.compare_names(kind, "file", paths_a, paths_b):
            _compare_files(comparison, kind, name, paths_a[name], paths_b[name])
    loads_a, loads_b = (
        {
            f"load {number}": path
            for number, path in enumerate(sorted(home.glob("history/loads/*.json")), start=1)
        }
        for home in (home_a, home_b)
    )
    for name in comparison.compare_names("load", "file", loads_a, loads_b):
        _compare_files(comparison, "load", name, loads_a[name], loads_b[name])


def _compare_files(comparison: Comparison, kind: str, name: str, a: Path, b: Path) -> None:
    document_a, document_b = (json.loads(path.read_bytes(), parse_float=str) for path in (a, b))
    comparison.compare_json(kind, name, document_a, document_b, left_out=FIELDS[kind])
