"""Places: the division list and its aliases, to resolve a reported name to its 12-digit code, or why not."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from sources.county.lists.aliases import read_aliases
from sources.text.squeeze import squeeze

Unresolved = Literal["unknown_place", "ambiguous_place"]
_OFFICES = ("村民委员会", "村委会", "居民委员会", "居委会", "人民政府", "办事处")
_LEVELS = {
    "village_level": ("village", "community"),
    "township": ("town",),
    "township_level": ("township", "town", "subdistrict", "zone"),
}
"""By the level that a field asks for, the levels of the list that it takes."""
_DROPPED_ENDS = {"village": ("村",), "community": ("社区",), "village_level": ("村", "社区")}


@dataclass(frozen=True)
class Division:
    """A place of the official list while it was on it; valid_to is exclusive."""

    code: str
    name: str
    level: str
    parent_code: str
    valid_from: date
    valid_to: date | None


class Places:
    """The division list and its aliases, to look names up in."""

    def __init__(self, divisions: pl.DataFrame, aliases: pl.DataFrame) -> None:
        self._by_name: dict[str, list[Division]] = {}
        self._by_code: dict[str, Division] = {}
        for row in divisions.iter_rows(named=True):
            division = Division(
                row["division_code"], row["canonical_name"], row["level"], row["parent_code"],
                row["valid_from"], row["valid_to"],
            )  # fmt: skip
            self._by_code[division.code] = division
            for name in {squeeze(row["canonical_name"]), squeeze(row["name"])}:
                self._by_name.setdefault(name, []).append(division)
        self._first_list = min((d.valid_from for d in self._by_code.values()), default=date.min)
        self._ambiguous = set()
        for row in aliases.iter_rows(named=True):
            if row["status"] == "ambiguous":
                self._ambiguous.add(squeeze(row["alias"]))
            elif place := self._by_code.get(row["division_code"]):
                self._by_name.setdefault(squeeze(row["alias"]), []).append(place)
        self._names_of: dict[str, list[str]] = {}
        for name, places in self._by_name.items():
            for place in places:
                self._names_of.setdefault(place.code, []).append(name)

    def resolve(
        self, name: str, level: str, within: str | None, on: date
    ) -> tuple[str | None, Unresolved | None]:
        """Return the code of a name at a level (`any` for all), on a day, or None and why it has none.

        within: the code of the parent that it lies in, where that is known. A short form that is known to be
        ambiguous is never resolved, even where one candidate is left.
        """
        squeezed = squeeze(name)
        if squeezed in self._ambiguous:
            return None, "ambiguous_place"
        codes = self._codes_of(squeezed, level, within, on)
        if not codes:
            short = _without_office(squeezed)
            by_end = (self._codes_of(short + end, level, within, on) for end in _DROPPED_ENDS.get(level, ()))
            codes = set().union(*by_end)
        if len(codes) == 1:
            return codes.pop(), None
        return None, "ambiguous_place" if codes else "unknown_place"

    def inside(self, level: str, within: str | None, on: date) -> list[Division]:
        """List the places of a level (`any` for all) on a day, inside a parent where given; by code."""
        places = [
            place for place in self._by_code.values() if _fits(place, level, within, on, self._first_list)
        ]
        return sorted(places, key=lambda place: place.code)

    def is_named_in(self, text: str, code: str) -> bool:
        """Whether a text names this place, by its name or an unambiguous alias."""
        squeezed = squeeze(text)
        return any(name in squeezed for name in self._names_of.get(code, ()))

    def _codes_of(self, name: str, level: str, within: str | None, on: date) -> set[str]:
        return {
            place.code
            for place in self._by_name.get(name, [])
            if _fits(place, level, within, on, self._first_list)
        }


def _fits(place: Division, level: str, within: str | None, on: date, first_list: date) -> bool:
    """Whether a place is of a level, inside a parent and on the list on a day.

    Before the first list, what that one holds counts as on it.
    """
    return (
        (level in (place.level, "any") or place.level in _LEVELS.get(level, ()))
        and (within is None or place.parent_code == within)
        and (place.valid_from <= on or place.valid_from == first_list)
        and (place.valid_to is None or on < place.valid_to)
    )


def _without_office(name: str) -> str:
    for office in _OFFICES:
        name = name.removesuffix(office)
    return name


def read_places(folder: Path, divisions: pl.DataFrame) -> Places:
    """Return the places of a division list, with the aliases of its folder. Raises AliasError."""
    return Places(divisions, read_aliases(folder, divisions))
