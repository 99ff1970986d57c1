"""The township page as HTML that refers to nothing but other pages."""

from markupsafe import Markup

from warehouse.reports.bulletin.figures import BulletinIndicator
from warehouse.reports.page_template import page_template
from warehouse.reports.townships.content import HeatRow, TownshipPage
from warehouse.reports.townships.maps import MarkedPlace, draw
from warehouse.reports.townships.series import Series

BETTER = {"more": "多为好", "less": "少为好", None: "不分好坏，按大小排"}


def to_html(page: TownshipPage) -> str:
    """Render the whole page."""
    return page_template("warehouse.reports.townships", "townships.html.j2").render(
        page=page, better=BETTER, spark=_spark, shade=_shade, map=_map
    )


def _map(page: TownshipPage, indicator: BulletinIndicator) -> Markup:
    """Draw the map of an indicator, each kind of places ranked by itself; those without a figure are on it too."""
    without = {
        place.code: MarkedPlace(place.code, place.name, "", None, "")
        for heat in page.heats
        for place in heat.places
    }
    of_figures = {
        cell.place.code: MarkedPlace(
            cell.place.code, cell.place.name, cell.shown, cell.rank, _shade(row, cell.shade)
        )
        for row in page.rows_of(indicator)
        for cell in row.cells
    }
    title = f"{indicator.indicator_name}（{indicator.unit}）"
    svg = draw(page.ground, list((without | of_figures).values()), title)
    return Markup(svg)  # ElementTree escapes what it writes


def _spark(series: Series | None) -> Markup:
    return Markup("" if series is None else series.svg)


def _shade(row: HeatRow, shade: int | None) -> str:
    """Name the class of a cell: good to bad where that is known, else great to small."""
    return "" if shade is None else f"{'g' if row.better else 'n'}{shade}"
