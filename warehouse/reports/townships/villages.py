"""Villages below their townships, as far as their figures can be of no single person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.reports.bulletin.figures import BulletinIndicator
from warehouse.reports.townships.reading import Place, PlaceFigures
from warehouse.reports.townships.values import chapters_of, shown_value


@dataclass(frozen=True)
class VillageTable:
    """The villages of a township and chapter: a row a village, a value an indicator."""

    chapter: str
    indicators: tuple[BulletinIndicator, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Villages:
    """The villages of a township."""

    township: Place
    village_count: int
    tables: tuple[VillageTable, ...]


def village_indicators(figures: PlaceFigures) -> list[BulletinIndicator]:
    """List the indicators with figures of villages; not those of lists, which count the villages themselves."""
    villages = {place.code for place in figures.places.values() if place.township_code}
    codes = {code for code, place in figures.by_period if place in villages}
    return [i for i in figures.indicators.values() if i.indicator_code in codes and i.basis == "period"]


def is_personal(figures: PlaceFigures, indicator: BulletinIndicator) -> bool:
    """Tell whether forms of persons feed an indicator: in a village it may be of one or two."""
    return indicator.indicator_code in figures.personal


def villages_of(
    figures: PlaceFigures, townships: Sequence[Place], indicators: Sequence[BulletinIndicator]
) -> Iterator[Villages]:
    """List the villages of each township with what is published of them."""
    for township in townships:
        villages = sorted(
            (p for p in figures.places.values() if p.township_code == township.code), key=lambda p: p.code
        )
        tables = tuple(
            table
            for chapter in chapters_of(indicators)
            if (table := _village_table(figures, chapter, indicators, villages))
        )
        if tables:
            yield Villages(township, max(len(table.rows) for table in tables), tables)


def _village_table(
    figures: PlaceFigures, chapter: str, indicators: Sequence[BulletinIndicator], villages: Sequence[Place]
) -> VillageTable | None:
    shown = {
        indicator.indicator_code: [figures.of_year(indicator.indicator_code, v.code) for v in villages]
        for indicator in indicators
        if indicator.chapter == chapter
    }
    of_chapter = tuple(i for i in indicators if any(shown.get(i.indicator_code, ())))
    rows = (
        (village.name, tuple(shown_value(shown[i.indicator_code][n], i.unit) for i in of_chapter))
        for n, village in enumerate(villages)
    )
    with_values = tuple((name, values) for name, values in rows if any(values))
    return VillageTable(chapter, of_chapter, with_values) if of_chapter else None
