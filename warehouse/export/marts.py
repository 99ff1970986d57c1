"""What an export has of the published file: its marts and the dimensions that these refer to, in the order of their keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from schemas.catalogue import Catalogue
from schemas.errors import XiangcangError
from schemas.field import columns
from warehouse.database.query import OpenVersion, open_published
from warehouse.database.store import Store
from warehouse.database.templates import render
from warehouse.export.mart_rows import Mart
from warehouse.export.suppressed import PublishedMarts, suppressed_marts
from warehouse.figures.terms import FigureTerms

_HOUSEHOLDS, _ROWS = (Path(__file__).with_name(f"{name}.sql.j2") for name in ("households", "rows"))
_FORMULAS = "select indicator_code, formula from dim_indicator"
_TOWNSHIPS = (Path(__file__).with_name("townships.sql")).read_text("utf-8")


class OtherProgram(XiangcangError):
    """A published version whose indicators are not those of this program and county."""


@dataclass(frozen=True)
class Exported:
    """The tables of an export by name, and the model of each; info: what the version says of itself."""

    tables: Mapping[str, pl.DataFrame]
    models: Mapping[str, Mart]
    info: Mapping[str, str]


def exported_models(catalogue: Catalogue) -> dict[str, Mart]:
    """Name the marts that leave the home, and the dimensions that these refer to."""
    marts = {name: model for name, model in catalogue.built.items() if _is_exported(model)}
    referred = {
        column.references.split(".")[0]
        for model in marts.values()
        for column in columns(model)
        if column.references
    }
    return marts | {name: catalogue.built[name] for name in sorted(referred)}


def read_export(store: Store, catalogue: Catalogue) -> Exported:
    """Read what is published, and suppress small cells. Raises OtherProgram, NothingPublished, or duckdb.Error."""
    with open_published(store) as opened:
        return _read_export(opened, catalogue)


def _read_export(opened: OpenVersion, catalogue: Catalogue) -> Exported:
    _check_indicators(opened, catalogue)
    models = exported_models(catalogue)
    tables = {name: _read(opened, name, model) for name, model in models.items()}
    marts = [name for name in models if _is_exported(models[name])]
    terms = [term for term in FigureTerms(catalogue).reported if term.of_households]
    published = PublishedMarts(
        marts={name: tables[name] for name in marts},
        models={name: models[name] for name in marts},
        terms=terms,
        households=opened.rows(render(_HOUSEHOLDS, terms=terms)),
        township_of=dict(opened.rows(_TOWNSHIPS).iter_rows()),
    )
    info = dict(opened.rows("select name, value from warehouse_info").iter_rows())
    return Exported(tables | suppressed_marts(published), models, info)


def _is_exported(model: Mart) -> bool:
    return bool(model.__config__ and (model.__config__.metadata or {}).get("exported"))


def _check_indicators(opened: OpenVersion, catalogue: Catalogue) -> None:
    """Hold the published indicators against those by which households are counted."""
    published = dict(opened.rows(_FORMULAS).iter_rows())
    if published != {code: indicator.formula for code, indicator in catalogue.indicators.items()}:
        raise OtherProgram(
            "已发布的版本由另一版程序或区县资料建成，不能据以判断户数；请先执行 xiangcang load"
        )


def _read(opened: OpenVersion, name: str, model: Mart) -> pl.DataFrame:
    key = [column.name for column in columns(model) if column.key]
    names = [column.name for column in columns(model)]
    return opened.rows(render(_ROWS, name=name, columns=names, key=key))
