"""`xiangcang export`: what may leave the home, as files for other programs."""

import argparse
from io import BytesIO
from pathlib import Path

import duckdb
import polars as pl

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.terminal.answers import rows_csv, to_json
from sources.county.references import read_references
from sources.home.folders import Home, write_whole
from warehouse.build.publish import current
from warehouse.database.query import NothingPublished
from warehouse.database.store import Store, VersionManifest
from warehouse.export.marts import Exported, read_export
from warehouse.export.package import CSV, PARQUET, ExportedFile, data_package
from warehouse.export.sdmx import observations, resource
from warehouse.export.suppressed import FIGURES

_BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"
"""What tells Excel that a CSV file is UTF-8."""


def run(arguments: argparse.Namespace) -> int:
    """Write the files into a folder, which is made, and say where; refused where nothing is published."""
    root = home_root()
    store = Store(root)
    manifest = current(store)
    if manifest is None:
        raise NothingPublished(root)
    try:
        exported = read_export(store, read_references(Home(root).county).catalogue)
    except duckdb.Error as error:
        raise Refused(f"已发布的版本不能导出：{error}") from error
    folder: Path = arguments.folder
    for file in export_files(exported, manifest):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, file.data)
        print(path)
    return 0


def export_files(exported: Exported, manifest: VersionManifest) -> list[ExportedFile]:
    """Give the files of an export, the description last; of one version they are always the same bytes."""
    tables = {name: _files(name, rows) for name, rows in exported.tables.items()}
    figures = "".join(rows_csv([observations(exported.tables[FIGURES])]))
    sdmx = ExportedFile("sdmx/figures.csv", figures.encode())
    package = data_package(exported, tables, resource(sdmx.described), manifest)
    described = ExportedFile("datapackage.json", f"{to_json(package, indent=2)}\n".encode())
    return [file for files in tables.values() for file in files.values()] + [sdmx, described]


def _files(name: str, rows: pl.DataFrame) -> dict[str, ExportedFile]:
    text = _BYTE_ORDER_MARK + "".join(rows_csv([rows]))
    parquet = BytesIO()
    rows.write_parquet(parquet)
    return {
        CSV: ExportedFile(f"csv/{name}.csv", text.encode()),
        PARQUET: ExportedFile(f"parquet/{name}.parquet", parquet.getvalue()),
    }
