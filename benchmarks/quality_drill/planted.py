"""Planted faults, and the files of a district with the faults in them."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import timedelta

from benchmarks.quality_drill.alarms import Alarm, Spot
from sample.district.sent import SentDelivery, SentFile
from sample.write import render

Key = tuple[str, str, str]
"""Table, reporter, period."""


@dataclass(frozen=True)
class Planted:
    """A planted fault: its kind, its places, and the rules any of which has to catch it.

    spots: a catch names a cell of each; where cells cannot be named, the file is enough, or every part of
    `text` in the alarm's text. whole_file: any other alarm about this file follows from the fault; follows:
    so does any about these cells, such as about the total that adds the fault up.
    """

    kind: str
    rules: frozenset[str]
    spots: tuple[Spot, ...] = ()
    text: tuple[str, ...] = ()
    whole_file: bool = False
    follows: tuple[Spot, ...] = ()

    def is_caught_by(self, alarms: list[Alarm]) -> bool:
        """Return whether one of the rules names every place."""
        catches = [alarm for alarm in alarms if alarm.rule in self.rules]
        if not self.spots:
            return any(self._is_in_text(alarm) for alarm in catches)
        return all(any(_names_cell(alarm, spot) for alarm in catches) for spot in self.spots)

    def explains(self, alarm: Alarm) -> bool:
        """Return whether an alarm is about this fault, whatever its rule: it names its cell, file or text."""
        if not self.spots:
            return self._is_in_text(alarm)
        wide = replace(alarm, spots=alarm.spots + alarm.compared)
        if any(_names_cell(wide, spot) for spot in (*self.spots, *self.follows)):
            return True
        return self.whole_file and any(_names_file(alarm, spot) for spot in self.spots)

    def _is_in_text(self, alarm: Alarm) -> bool:
        return bool(self.text) and all(part in alarm.text for part in self.text)


def _names_cell(alarm: Alarm, planted: Spot) -> bool:
    """Return whether an alarm names a place; a sheet or cells that either leaves open match any."""
    path, sheet, cells = planted
    return any(
        path == file
        and (not sheet or not named_sheet or sheet == named_sheet)
        and (not (cells and addresses) or cells & addresses)
        for file, named_sheet, addresses in alarm.spots
    )


def _names_file(alarm: Alarm, planted: Spot) -> bool:
    return any(file == planted[0] for file, _, _ in alarm.spots)


class District:
    """The files of a district by form, reporter and period; each is touched by at most one fault."""

    def __init__(self, files: list[SentFile]) -> None:
        self.files = {file.deliveries[0].key: file for file in files}
        self._first_tries: list[SentFile] = []
        self._touched: set[Key] = set()

    def untouched(self, table: str | None = None) -> list[Key]:
        """List the deliveries in which no fault was planted yet, in order; of one table where it is given."""
        return [key for key in sorted(self.files) if key not in self._touched and table in (None, key[0])]

    def touch(self, *keys: Key) -> None:
        """Keep other faults out of these deliveries."""
        self._touched.update(keys)

    def alter(self, key: Key, change: Callable[[SentDelivery], object]) -> SentFile:
        """Change a delivery for good; return its file."""
        self.touch(key)
        change(self.files[key].deliveries[0])
        return self.files[key]

    def spoil(self, key: Key, change: Callable[[SentDelivery], object]) -> SentFile:
        """Send a changed file first, and return it; the sound one follows an hour later, as a correction."""
        self.touch(key)
        spoilt = deepcopy(self.files[key])
        spoilt.stem += "（初报）"
        spoilt.arrival -= timedelta(hours=1)
        change(spoilt.deliveries[0])
        self._first_tries.append(spoilt)
        return spoilt

    def sent(self) -> list[SentFile]:
        """List all files in their order of arrival."""
        return sorted([*self._first_tries, *self.files.values()], key=lambda file: (file.arrival, file.path))


def total_spot(file: SentFile, field: str) -> Spot:
    """Find the cells of a field's column in which no record stands: its totals are among them."""
    places = render(file)[1][0]
    letters, taken = places[0].cells[field].rstrip("0123456789"), {place.row for place in places}
    free = [row for row in range(1, max(taken) + 12) if row not in taken]
    return file.path, places[0].sheet, frozenset(f"{letters}{row}" for row in free)


def spot_of(file: SentFile, record: int, field: str) -> Spot:
    """Find the cell of a field of a record (by number)."""
    place = render(file)[1][0][record]
    return file.path, place.sheet, frozenset({place.cells[field]})
