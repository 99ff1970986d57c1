"""The figures of each version, and what differs between two."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from schemas.field import polars_schema
from schemas.tables.figure import MartFigure
from warehouse.build.build import Built
from warehouse.build.publish import publish
from warehouse.database.query import query
from warehouse.database.store import Store
from warehouse.figures.history import FIGURES, NoVersionFigures, difference, published_figures

Row = dict[str, Any]
Keep = Callable[..., None]


def figure(code: str, value: int | None, division: str = "D", **fields: Any) -> Row:
    return {
        "indicator_code": code,
        "indicator_name": code.upper(),
        "unit": "元",
        "division_code": division,
        "division_name": f"{division}镇",
        "period": "2022",
        "basis": "period",
        "value": None if value is None else Decimal(value),
        "status": "final",
    } | fields


@pytest.fixture
def keep(store: Store) -> Keep:
    """Write the figures that a version is taken to have been published with."""

    def run(version: str, *figures: Row) -> None:
        store.record(version).mkdir()
        pl.DataFrame(figures, schema=polars_schema(MartFigure)).write_parquet(store.record(version) / FIGURES)

    return run


def differing(store: Store, *names: str) -> list[tuple[Any, ...]]:
    return difference(store, "v1", "v2").select(names).rows()


def test_equal_versions_do_not_differ(store: Store, keep: Keep) -> None:
    for version in ("v1", "v2"):
        keep(version, figure("sales", 10), figure("rate", None))

    assert differing(store, "indicator_code") == []


def test_a_figure_that_moved_is_told_with_both_values(store: Store, keep: Keep) -> None:
    keep("v1", figure("sales", 10), figure("visits", 7))
    keep("v2", figure("sales", 12), figure("visits", 7))

    assert difference(store, "v1", "v2").to_dicts() == [
        {
            "indicator_code": "sales", "division_code": "D", "period": "2022", "basis": "period",
            "indicator_name": "SALES", "unit": "元", "division_name": "D镇",
            "value_before": Decimal(10), "value_after": Decimal(12),
            "status_before": "final", "status_after": "final",
        }
    ]  # fmt: skip


def test_a_status_that_moved_is_a_difference(store: Store, keep: Keep) -> None:
    keep("v1", figure("sales", 10, status="provisional"))
    keep("v2", figure("sales", 10))

    assert differing(store, "value_before", "value_after", "status_before", "status_after") == [
        (Decimal(10), Decimal(10), "provisional", "final")
    ]


def test_a_figure_that_only_one_version_has_is_told(store: Store, keep: Keep) -> None:
    keep("v1", figure("gone", None), figure("kept", 1))
    keep("v2", figure("kept", 1), figure("new", 3))

    names = (
        "indicator_name",
        "division_name",
        "value_before",
        "value_after",
        "status_before",
        "status_after",
    )
    assert differing(store, *names) == [
        ("GONE", "D镇", None, None, "final", None),
        ("NEW", "D镇", None, Decimal(3), None, "final"),
    ]


def test_a_ratio_that_lost_its_value_is_a_difference(store: Store, keep: Keep) -> None:
    keep("v1", figure("rate", 50))
    keep("v2", figure("rate", None))

    assert differing(store, "value_before", "value_after") == [(Decimal(50), None)]


def test_a_figure_is_the_same_whatever_its_division_is_called(store: Store, keep: Keep) -> None:
    keep("v1", figure("sales", 10, "A", division_name="老名"), figure("sales", 10, "B", division_name="老名"))
    keep("v2", figure("sales", 10, "A", division_name="新名"), figure("sales", 12, "B", division_name="新名"))

    assert differing(store, "division_code", "division_name", "value_before", "value_after") == [
        ("B", "新名", Decimal(10), Decimal(12))
    ]


def test_an_unknown_version_is_refused_naming_those_there_are(store: Store, keep: Keep) -> None:
    keep("v1", figure("sales", 10))

    with pytest.raises(NoVersionFigures, match="没有版本 v9 的指标数；有：v1"):
        difference(store, "v1", "v9")
    with pytest.raises(NoVersionFigures, match="没有版本 v8"):
        difference(store, "v8", "v1")


def test_a_version_keeps_the_figures_that_it_was_published_with(
    store: Store, build_from: Callable[..., Built]
) -> None:
    note = {
        "reporter_code": "rcb",
        "period": "2022-12-31",
        "note_number": "JJ01",
        "balance_yuan": Decimal(70),
    }
    built = build_from(staged_loan_note=[note | {"borrower_type": "农户"}])
    now = datetime(2023, 2, 1, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    version = publish(store, built, fingerprint="f", now=now).version

    kept = published_figures(store, version)
    published = query(store, "select * from mart_figure")
    assert (
        kept.filter(indicator_code="farm_loan_balance", period="2022")["value"].to_list() == [Decimal(70)] * 2
    )
    assert kept.sort(kept.columns).equals(published.sort(published.columns))
