"""Differences between two homes, by kind, and the comparison of values, lines and JSON that all kinds share.

Put here what does not know where a value comes from.
"""

import difflib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

ABSENT = "(absent)"
_SHOWN_CHARACTERS = 160
_BEFORE_DIFFERENCE = 40


@dataclass(frozen=True)
class Difference:
    """A value that differs. name: of the table, file or figure; key: the place in it; a, b: the two values."""

    kind: str
    name: str
    key: str
    a: str
    b: str

    def __str__(self) -> str:
        a, b = _around_difference(self.a, self.b)
        return f"{self.kind}: {self.name}: {self.key}: A {a} | B {b}"


class Comparison:
    """The differences between two homes, the first of each kind kept, all counted.

    compared: number of values, lines, rows or files that were compared, by kind, so that a kind of which
    neither home has anything shows as absent, not as equal.
    """

    def __init__(self, kept_per_kind: int = 20) -> None:
        self.kept_per_kind = kept_per_kind
        self.differences: list[Difference] = []
        self.compared: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def add(self, kind: str, name: str, key: str, a: str, b: str) -> None:
        """Count a difference, and keep it unless enough of its kind are kept."""
        self.counts[kind] += 1
        if self.counts[kind] <= self.kept_per_kind:
            self.differences.append(Difference(kind, name, key, a, b))

    def compare_values(self, kind: str, name: str, a: Mapping[str, str], b: Mapping[str, str]) -> None:
        """Compare what two mappings hold for each key of either."""
        keys = dict.fromkeys((*a, *b))
        self.compared[kind] += len(keys)
        for key in keys:
            if a.get(key, ABSENT) != b.get(key, ABSENT):
                self.add(kind, name, key, a.get(key, ABSENT), b.get(key, ABSENT))

    def compare_names(self, kind: str, key: str, a: Collection[str], b: Collection[str]) -> list[str]:
        """Compare two sets of names; return those that are in both, in order."""
        for name in sorted({*a} ^ {*b}):
            self.add(kind, name, key, *(("present", ABSENT) if name in a else (ABSENT, "present")))
        return sorted({*a} & {*b})

    def compare_json(self, kind: str, name: str, a: Any, b: Any, left_out: Collection[str] = ()) -> None:
        """Compare every leaf of two JSON values but those whose path matches a pattern in left_out."""
        leaves_a, leaves_b = (
            {
                path: leaf
                for path, leaf in leaves(value)
                if not any(fnmatchcase(path, pattern) for pattern in left_out)
            }
            for value in (a, b)
        )
        self.compare_values(kind, name, leaves_a, leaves_b)

    def compare_lines(self, kind: str, name: str, a: list[str], b: list[str]) -> None:
        """Compare texts line by line; an inserted line is one difference."""
        self.compared[kind] += max(len(a), len(b))
        if a == b:
            return
        matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
        for tag, start_a, end_a, start_b, end_b in matcher.get_opcodes():
            if tag != "equal":
                for offset in range(max(end_a - start_a, end_b - start_b)):
                    line_a = a[start_a + offset] if start_a + offset < end_a else ABSENT
                    line_b = b[start_b + offset] if start_b + offset < end_b else ABSENT
                    self.add(kind, name, f"line {start_a + offset + 1}", line_a.strip(), line_b.strip())


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Walk the leaves of a JSON value, each with its path of names and indexes; an empty list is a leaf."""
    match value:
        case dict() if value:
            for name, member in value.items():
                yield from leaves(member, f"{path}.{name}" if path else str(name))
        case list() if value:
            for index, member in enumerate(value):
                yield from leaves(member, f"{path}.{index}" if path else str(index))
        case _:
            yield path, json.dumps(value, ensure_ascii=False)


def _around_difference(a: str, b: str) -> tuple[str, str]:
    """Cut two long values to the part where they begin to differ, on one line each."""
    pairs = enumerate(zip(a, b, strict=False))
    first = next((at for at, (left, right) in pairs if left != right), min(len(a), len(b)))
    start = max(0, first - _BEFORE_DIFFERENCE) if max(len(a), len(b)) > _SHOWN_CHARACTERS else 0
    return _cut(a, start), _cut(b, start)


def _cut(text: str, start: int) -> str:
    shown = text[start : start + _SHOWN_CHARACTERS].replace("\n", "\\n").replace("\r", "\\r")
    return f"{'…' if start else ''}{shown}{'…' if len(text) > start + _SHOWN_CHARACTERS else ''}"
