"""The township page as HTML that refers to nothing but other pages."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from warehouse.reports.townships.content import HeatRow, TownshipPage
from warehouse.reports.townships.series import Series

BETTER = {"more": "多为好", "less": "少为好", None: "不分好坏，按大小排"}


def to_html(page: TownshipPage) -> str:
    """Render the whole page."""
    environment = Environment(
        loader=PackageLoader("warehouse.reports.townships", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("townships.html.j2").render(
        page=page, better=BETTER, spark=_spark, shade=_shade
    )


def _spark(series: Series | None) -> Markup:
    return Markup("" if series is None else series.svg)


def _shade(row: HeatRow, shade: int | None) -> str:
    """Name the class of a cell: good to bad where that is known, else great to small."""
    return "" if shade is None else f"{'g' if row.better else 'n'}{shade}"
