"""Table checks on the watched numbers of each fact: outliers, slips of unit, bands of plausible values."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from schemas.catalogue import Catalogue
from warehouse.checks.table_check import Doubts, TableCheck
from warehouse.database.describe import table_title
from warehouse.database.templates import render

_TEMPLATES = Path(__file__).parent


def watched_checks(catalogue: Catalogue) -> Iterator[TableCheck]:
    """Write checks of outliers and of slips of unit for each watched fact."""
    for fact in catalogue.watched.fact:
        title = table_title(catalogue.built[fact])
        yield _check(
            fact,
            "outlier",
            f"{title}的数不应与其历史、上下年同期或同类相差悬殊",
            render(_TEMPLATES / "outlier.sql.j2", fact=fact),
        )
        yield _check(
            fact,
            "unit_slip",
            f"{title}的数不应恰为历史或同类的十倍、千倍、万倍（多为计量单位有误）",
            render(_TEMPLATES / "unit_slip.sql.j2", fact=fact),
            doubts="fields",
        )


def band_checks(catalogue: Catalogue, bands: pl.DataFrame) -> Iterator[TableCheck]:
    """Write the check of each fact that has numbers with a band. bands: the rows of `ref_plausible_band`."""
    for (fact,), of_fact in bands.sort("fact_table", "field").group_by("fact_table", maintain_order=True):
        yield _check(
            str(fact),
            "out_of_band",
            f"{table_title(catalogue.built[str(fact)])}的数应在合理的范围之内",
            render(_TEMPLATES / "out_of_band.sql.j2", fact=fact, bands=of_fact.to_dicts()),
        )


def _check(fact: str, name: str, title: str, sql: str, doubts: Doubts = "none") -> TableCheck:
    return TableCheck(
        name=f"{fact}__{name}",
        table=fact,
        kind="plausibility",
        title=title,
        importance="low",
        missing="skip_if_any",
        blocking=False,
        doubts=doubts,
        sql=sql,
    )
