"""Table checks on the watched numbers of each fact: outliers, slips of unit, bands of plausible values."""

from collections.abc import Iterator
from pathlib import Path

from schemas.catalogue import BUILT
from schemas.field import columns
from schemas.watched import watched
from warehouse.checks.table_check import TableCheck
from warehouse.database.describe import table_title
from warehouse.database.templates import render

_TEMPLATES = Path(__file__).parent


def watched_checks() -> Iterator[TableCheck]:
    """Write checks of outliers and of slips of unit for each watched fact, and of bands for each with bands."""
    for fact in watched().fact:
        title = table_title(BUILT[fact])
        yield _check(
            fact,
            "outlier",
            f"{title}的数不应与其历史、上年同期或同类相差悬殊",
            render(_TEMPLATES / "outlier.sql.j2", fact=fact),
        )
        yield _check(
            fact,
            "unit_slip",
            f"{title}的数不应恰为历史或同类的十倍、千倍、万倍（多为计量单位有误）",
            render(_TEMPLATES / "unit_slip.sql.j2", fact=fact),
        )
    for fact, bands in watched().band.items():
        yield _check(
            fact,
            "out_of_band",
            f"{table_title(BUILT[fact])}的数应在合理的范围之内",
            _select_out_of_band(fact, bands),
        )


def _select_out_of_band(fact: str, bands: dict[str, tuple[float, float]]) -> str:
    """Write the SELECT of values outside their bands. bands: least and most plausible value by column."""
    fields = {column.name for column in columns(BUILT[fact])}
    assert bands.keys() <= fields, f"{fact} has no {bands.keys() - fields}"
    return render(_TEMPLATES / "out_of_band.sql.j2", fact=fact, bands=bands)


def _check(fact: str, name: str, title: str, sql: str) -> TableCheck:
    return TableCheck(
        name=f"{fact}__{name}",
        table=fact,
        kind="plausibility",
        title=title,
        importance="low",
        missing="skip_if_any",
        blocking=False,
        sql=sql,
    )
