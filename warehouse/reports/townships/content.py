"""The content of the township page as plain data: places ranked within their kind, indicator by indicator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemas.indicator import CHAPTERS
from warehouse.figures.status import STATUSES
from warehouse.reports.bulletin.figures import BulletinIndicator, Version
from warehouse.reports.rendering import half_up, plain, usual
from warehouse.reports.townships.ranking import ranks_of, shades_of
from warehouse.reports.townships.reading import Better, CountySettings, Place, PlaceFigure, PlaceFigures
from warehouse.reports.townships.series import Series, series_of

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
    """An indicator by township, in the order of the places. better: which way is good, None where nobody has said."""

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


@dataclass(frozen=True)
class TownshipPage:
    """The page of a year."""

    year: int
    county: Place
    version: Version
    heats: tuple[Heat, ...]
    target_places: tuple[Place, ...]
    targets: tuple[TargetRow, ...]
    villages: tuple[Villages, ...]
    left_out: tuple[BulletinIndicator, ...]


def content_of(figures: PlaceFigures, settings: CountySettings) -> TownshipPage:
    """Lay out the page. Indicators that forms of persons feed are not shown by village."""
    heats = [heat for kind, levels in _KINDS.items() if (heat := _heat(figures, settings, kind, levels))]
    townships = [place for heat in heats for place in heat.places]
    with_target = _target_places(figures, settings)
    by_village = _village_indicators(figures)
    return TownshipPage(
        year=figures.year,
        county=figures.county,
        version=figures.version,
        heats=tuple(heats),
        target_places=tuple(with_target),
        targets=tuple(_target_rows(figures, settings, with_target)),
        villages=tuple(
            _villages(figures, townships, [i for i in by_village if not _is_personal(figures, i)])
        ),
        left_out=tuple(i for i in by_village if _is_personal(figures, i)),
    )


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
        of_county=_shown(county, indicator.unit),
        county_series=series_of(figures.by_period.get((code, figures.county.code), {})),
        cells=tuple(
            HeatCell(
                place=place,
                shown=_shown(of_year[place.code], indicator.unit),
                exact=_exact(of_year[place.code], indicator.unit),
                rank=ranks.get(place.code),
                shade=shades.get(place.code),
                status=_status(of_year[place.code]),
                series=series_of(figures.by_period.get((code, place.code), {})),
            )
            for place in places
        ),
    )


def _by_chapter(rows: Sequence[HeatRow]) -> Iterator[tuple[str, tuple[HeatRow, ...]]]:
    for chapter in _chapters(row.indicator for row in rows):
        yield chapter, tuple(row for row in rows if row.indicator.chapter == chapter)


def _chapters(indicators: Iterator[BulletinIndicator] | Sequence[BulletinIndicator]) -> list[str]:
    """List the chapters of indicators, the known in their order, then others by name."""
    names = {indicator.chapter for indicator in indicators}
    return sorted(names, key=lambda n: (CHAPTERS.index(n) if n in CHAPTERS else len(CHAPTERS), n))


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
    return TargetCell(place, _shown(figure, unit), usual(target, unit), percent, is_met)


def _village_indicators(figures: PlaceFigures) -> list[BulletinIndicator]:
    villages = {place.code for place in figures.places.values() if place.township_code}
    codes = {code for code, place in figures.by_period if place in villages}
    return [i for i in figures.indicators.values() if i.indicator_code in codes and i.basis == "period"]


def _is_personal(figures: PlaceFigures, indicator: BulletinIndicator) -> bool:
    return indicator.indicator_code in figures.personal


def _villages(
    figures: PlaceFigures, townships: Sequence[Place], indicators: Sequence[BulletinIndicator]
) -> Iterator[Villages]:
    for township in townships:
        villages = sorted(
            (p for p in figures.places.values() if p.township_code == township.code), key=lambda p: p.code
        )
        tables = tuple(
            table
            for chapter in _chapters(indicators)
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
        (village.name, tuple(_shown(shown[i.indicator_code][n], i.unit) for i in of_chapter))
        for n, village in enumerate(villages)
    )
    with_values = tuple((name, values) for name, values in rows if any(values))
    return VillageTable(chapter, of_chapter, with_values) if of_chapter else None


def _shown(figure: PlaceFigure | None, unit: str) -> str:
    """Write a value as a table has it: percentages to one place, money in 万元 or 亿元, no unit that the row has."""
    if figure is None:
        return ""
    if unit == "%":
        return f"{plain(half_up(figure.value, 1))}%"
    return usual(figure.value, unit) if unit == "元" else plain(half_up(figure.value, 2), thousands=True)


def _exact(figure: PlaceFigure | None, unit: str) -> str:
    return "" if figure is None else f"{plain(figure.value, thousands=True)}{unit}"


def _status(figure: PlaceFigure | None) -> str:
    return "" if figure is None else STATUSES[figure.status]
