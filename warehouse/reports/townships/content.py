"""The content of the township page as plain data: places ranked within their kind, indicator by indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.indicator import Better
from warehouse.figures.status import STATUSES
from warehouse.reports.bulletin.figures import BulletinIndicator, Version
from warehouse.reports.rendering import half_up, usual
from warehouse.reports.townships.maps import Ground
from warehouse.reports.townships.ranking import ranks_of, shades_of
from warehouse.reports.townships.reading import CountySettings, Place, PlaceFigure, PlaceFigures
from warehouse.reports.townships.series import Series, series_of
from warehouse.reports.townships.values import chapters_of, exact_value, shown_value, status_words
from warehouse.reports.townships.villages import Villages, is_personal, village_indicators, villages_of

MAPS = 8
"""Most indicators that a map can be coloured by."""

_KINDS = {"乡镇": ("town", "township", "zone"), "街道": ("subdistrict",)}


@dataclass(frozen=True)
class HeatCell:
    """A township's figure. rank: from 1, among its kind, None where nothing is ranked. shade: of SHADES, by rank."""

    place: Place
    shown: str
    exact: str
    rank: int | None
    shade: int | None
    status: str
    series: Series | None

    @property
    def is_final(self) -> bool:
        return self.status in ("", STATUSES["final"])


@dataclass(frozen=True)
class HeatRow:
    """An indicator by township, in the order of the places. better: which way is good, None where that is not known."""

    indicator: BulletinIndicator
    better: Better | None
    of_county: str
    county_series: Series | None
    cells: tuple[HeatCell, ...]

    @property
    def ranked(self) -> list[HeatCell]:
        """Cells from the first rank on; those without a figure last."""
        return sorted(self.cells, key=lambda cell: (cell.rank is None, cell.rank, cell.place.code))


@dataclass(frozen=True)
class Heat:
    """The indicators of one kind of places, by chapter."""

    kind: str
    places: tuple[Place, ...]
    chapters: tuple[tuple[str, tuple[HeatRow, ...]], ...]


@dataclass(frozen=True)
class TargetCell:
    """What has become of a target. percent: of it, None where less is better. is_met: None without a figure."""

    place: Place
    shown: str
    target: str
    percent: Decimal | None
    is_met: bool | None

    @property
    def words(self) -> str:
        """Say whether the target is met."""
        return {None: "无数据", True: "已达到", False: "未达到"}[self.is_met]


@dataclass(frozen=True)
class TargetRow:
    """The targets of an indicator: of the county and of townships, in their order; None where none was set."""

    indicator: BulletinIndicator
    better: Better
    cells: tuple[TargetCell | None, ...]


@dataclass(frozen=True)
class TownshipPage:
    """The page of a year. mapped: the indicators that a map shows, where there is ground for one."""

    year: int
    county: Place
    version: Version
    heats: tuple[Heat, ...]
    ground: Ground
    mapped: tuple[BulletinIndicator, ...]
    target_places: tuple[Place, ...]
    targets: tuple[TargetRow, ...]
    villages: tuple[Villages, ...]
    left_out: tuple[BulletinIndicator, ...]

    def rows_of(self, indicator: BulletinIndicator) -> list[HeatRow]:
        """List the rows of an indicator, one a kind of places."""
        rows = (row for heat in self.heats for _, rows in heat.chapters for row in rows)
        return [row for row in rows if row.indicator == indicator]


def content_of(figures: PlaceFigures, settings: CountySettings) -> TownshipPage:
    """Lay out the page. Indicators that forms of persons feed are not shown by village."""
    heats = [heat for kind, levels in _KINDS.items() if (heat := _heat(figures, settings, kind, levels))]
    townships = [place for heat in heats for place in heat.places]
    with_target = _target_places(figures, settings)
    by_village = village_indicators(figures)
    return TownshipPage(
        year=figures.year,
        county=figures.county,
        version=figures.version,
        heats=tuple(heats),
        ground=settings.ground,
        mapped=tuple(_mapped(heats, settings)),
        target_places=tuple(with_target),
        targets=tuple(_target_rows(figures, settings, with_target)),
        villages=tuple(
            villages_of(figures, townships, [i for i in by_village if not is_personal(figures, i)])
        ),
        left_out=tuple(i for i in by_village if is_personal(figures, i)),
    )


def _mapped(heats: Sequence[Heat], settings: CountySettings) -> list[BulletinIndicator]:
    """Choose indicators to map: those with targets, then those of which it is known which way is good."""
    places = settings.ground.places
    rows = [row for heat in heats for _, rows in heat.chapters for row in rows]
    on_map = {
        row.indicator.indicator_code: row.indicator
        for row in rows
        if sum(cell.place.code in places and cell.shade is not None for cell in row.cells) > 1
    }
    with_target = {code for code, _ in settings.targets}
    order = sorted(on_map, key=lambda code: (code not in with_target, code not in settings.better))
    return [on_map[code] for code in order[:MAPS]]


def _heat(figures: PlaceFigures, settings: CountySettings, kind: str, levels: Sequence[str]) -> Heat | None:
    """Lay out the places of one kind; None where no indicator tells two of them apart."""
    places = sorted((p for p in figures.places.values() if p.level in levels), key=lambda p: p.code)
    rows = [
        _heat_row(figures, indicator, settings.better.get(indicator.indicator_code), places)
        for indicator in figures.indicators.values()
        if _tells_apart(figures, indicator, places)
    ]
    shown = {cell.place.code for row in rows for cell in row.cells if cell.shown}
    return Heat(kind, tuple(p for p in places if p.code in shown), tuple(_by_chapter(rows))) if rows else None


def _tells_apart(figures: PlaceFigures, indicator: BulletinIndicator, places: Sequence[Place]) -> bool:
    """Tell whether two places or more have a figure; that a town is one town is none."""
    values = [
        figure.value
        for p in places
        if (figure := figures.of_year(indicator.indicator_code, p.code)) is not None
    ]
    return len(values) > 1 and not (indicator.basis != "period" and max(values) <= 1)


def _heat_row(
    figures: PlaceFigures, indicator: BulletinIndicator, better: Better | None, places: Sequence[Place]
) -> HeatRow:
    code = indicator.indicator_code
    of_year = {place.code: figures.of_year(code, place.code) for place in places}
    ranks = ranks_of({c: f.value for c, f in of_year.items() if f is not None}, better)
    shades = shades_of(ranks)
    county = figures.of_year(code, figures.county.code)
    return HeatRow(
        indicator=indicator,
        better=better,
        of_county=shown_value(county, indicator.unit),
        county_series=series_of(figures.by_period.get((code, figures.county.code), {})),
        cells=tuple(
            HeatCell(
                place=place,
                shown=shown_value(of_year[place.code], indicator.unit),
                exact=exact_value(of_year[place.code], indicator.unit),
                rank=ranks.get(place.code),
                shade=shades.get(place.code),
                status=status_words(of_year[place.code]),
                series=series_of(figures.by_period.get((code, place.code), {})),
            )
            for place in places
        ),
    )


def _by_chapter(rows: Sequence[HeatRow]) -> Iterator[tuple[str, tuple[HeatRow, ...]]]:
    for chapter in chapters_of(row.indicator for row in rows):
        yield chapter, tuple(row for row in rows if row.indicator.chapter == chapter)


def _target_places(figures: PlaceFigures, settings: CountySettings) -> list[Place]:
    """List the places with a target, the county first."""
    codes = {place for code, place in settings.targets if code in figures.indicators}
    places = (place for code, place in figures.places.items() if code in codes)
    return sorted(places, key=lambda place: (place.level != "county", place.code))


def _target_rows(
    figures: PlaceFigures, settings: CountySettings, places: Sequence[Place]
) -> Iterator[TargetRow]:
    for code, indicator in figures.indicators.items():
        targets = [settings.targets.get((code, place.code)) for place in places]
        if any(target is not None for target in targets):
            better = settings.better[code]
            cells = (
                None
                if target is None
                else _target_cell(place, figures.of_year(code, place.code), target, better, indicator.unit)
                for place, target in zip(places, targets, strict=True)
            )
            yield TargetRow(indicator, better, tuple(cells))


def _target_cell(
    place: Place, figure: PlaceFigure | None, target: Decimal, better: Better, unit: str
) -> TargetCell:
    percent = is_met = None
    if figure is not None:
        is_met = figure.value >= target if better == "more" else figure.value <= target
        if better == "more" and target:
            percent = half_up(figure.value / target * 100, 1)
    return TargetCell(place, shown_value(figure, unit), usual(target, unit), percent, is_met)
