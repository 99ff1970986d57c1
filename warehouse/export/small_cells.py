"""Suppression of small cells: numbers of so few households that they show what one of them has.

A small cell is suppressed by itself (primary). What is published around it must not give it back, so cells that add up to
others are suppressed with it (secondary), the smallest first, until of each sum either nothing is unknown, or two parts
are that are together of enough households. Chains of sums over several dimensions are followed one sum at a time: what only
a system of many sums at once would give back is not searched for.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from schemas.field import FEWEST_HOUSEHOLDS

Key = TypeVar("Key", bound=Hashable)
Key_co = TypeVar("Key_co", bound=Hashable, covariant=True)


@dataclass(frozen=True)
class Cell:
    """A published number. households: that it is of. is_exempt: whether it is never suppressed."""

    value: Decimal
    households: int = 0
    is_exempt: bool = False


@dataclass(frozen=True)
class Sum(Generic[Key_co]):
    """Cells of which one is the total of the others, and of what is in none of them."""

    total: Key_co
    parts: tuple[Key_co, ...]


def is_small(households: int) -> bool:
    """Return whether a number is of some households, but too few."""
    return 0 < households < FEWEST_HOUSEHOLDS


def suppress_with(
    cells: Mapping[Key, Cell],
    sums: Iterable[Sum[Key]],
    small: Set[Key],
    together: Iterable[Collection[Key]] = (),
) -> set[Key]:
    """Return the cells that must be suppressed beside small ones so that no sum gives these back.

    together: cells that are suppressed all or none. The result depends on nothing but what is given.
    """
    known_sums = [
        Sum(s.total, tuple(part for part in s.parts if part in cells)) for s in sums if s.total in cells
    ]
    known_sums.sort(
        key=lambda s: len(s.parts)
    )  # what a short sum hides need not be hidden again in a long one
    sums_of = defaultdict(list)
    for s in known_sums:
        for key in (s.total, *s.parts):
            sums_of[key].append(s)
    companions = {key: group for group in together for key in group}
    suppressed: set[Key] = set()
    waiting = deque(known_sums)

    def add(key: Key) -> None:
        for companion in companions.get(key, (key,)):
            if companion not in suppressed:
                suppressed.add(companion)
                waiting.extend(sums_of[companion])

    for key in sorted(small, key=repr):
        add(key)
    while waiting:
        s = waiting.popleft()
        while (another := _another(s, cells, suppressed)) is not None:
            add(another)
    return suppressed - small


def _another(s: Sum[Key], cells: Mapping[Key, Cell], suppressed: Set[Key]) -> Key | None:
    """Return the cell of a sum to suppress next; None where the sum gives nothing back, or has no more cells."""
    total, parts = cells[s.total], [cells[part] for part in s.parts]
    unknown = [cells[part].households for part in s.parts if part in suppressed]
    if total.value - sum((part.value for part in parts), Decimal(0)):
        of_the_rest = max(1, total.households - sum(part.households for part in parts))
        if not unknown and s.total not in suppressed and not is_small(of_the_rest):
            return None
        unknown.append(of_the_rest)
    is_hidden = len(unknown) > 1 and sum(unknown) >= FEWEST_HOUSEHOLDS
    if is_hidden or bool(unknown) == (s.total in suppressed):
        return None
    candidates = [
        key
        for key in (*s.parts, s.total)
        if key not in suppressed and cells[key].value and not cells[key].is_exempt
    ]
    return min(candidates, key=lambda key: (key == s.total, abs(cells[key].value), repr(key)), default=None)
