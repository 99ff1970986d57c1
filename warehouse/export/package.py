"""The description of an export as a Frictionless Data Package: tables, columns, keys, and what version they are of."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from schemas.field import Column, columns
from warehouse.database.describe import table_description, table_title
from warehouse.database.store import VersionManifest
from warehouse.export.mart_rows import Mart, of_households
from warehouse.export.marts import Exported
from warehouse.export.suppressed import FIGURES, SERIES, SUPPRESSION

CSV, PARQUET = "csv", "parquet"
_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "string",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Datetime: "datetime",
    pl.Decimal: "number",
    pl.Float64: "number",
}
_SUPPRESSION = {
    "name": SUPPRESSION,
    "type": "string",
    "title": "未列出的缘由",
    "description": "primary 户数不足 5 户；secondary 使前者不能由合计推出；没有压下的为空",
    "constraints": {"enum": ["primary", "secondary"]},
}


@dataclass(frozen=True)
class ExportedFile:
    """A file of an export. path: in its folder, with slashes."""

    path: str
    data: bytes

    @property
    def described(self) -> dict[str, Any]:
        """What a package says of the bytes of a file."""
        digest = hashlib.sha256(self.data).hexdigest()
        return {"path": self.path, "bytes": len(self.data), "hash": f"sha256:{digest}"}


def data_package(
    exported: Exported,
    files: Mapping[str, Mapping[str, ExportedFile]],
    sdmx: dict[str, Any],
    manifest: VersionManifest,
) -> dict[str, Any]:
    """Describe an export. files: by table and format. sdmx: the resource of its figures as SDMX-CSV."""
    info = exported.info
    resources = [_resource(name, exported, files[name]) for name in exported.tables]
    return {
        "profile": "data-package",
        "name": f"xiangcang-{info['county_code']}",
        "title": f"{info['county_name']}乡村振兴数据",
        "description": "各指标的数与汇总表；户数不足 5 户的数已压下，见各表的 suppression",
        "version": manifest.version,
        "created": info["published_at"],
        "cut_off": info["cut_off"],
        "fingerprint": manifest.fingerprint,
        "program_version": info["program_version"],
        "is_synthetic": info["is_synthetic"] == "true",
        "data_label": info["data_label"],
        "resources": [*resources, sdmx],
    }


def _resource(name: str, exported: Exported, files: Mapping[str, ExportedFile]) -> dict[str, Any]:
    model = exported.models[name]
    return {
        "name": name,
        "profile": "tabular-data-resource",
        **files[CSV].described,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": table_title(model),
        "description": table_description(model),
        "parquet": files[PARQUET].described,
        "schema": _schema(name, model, exported),
    }


def _schema(name: str, model: Mart, exported: Exported) -> dict[str, Any]:
    may_be_suppressed = {column.name for column in of_households(model)}
    if name in (FIGURES, SERIES):
        may_be_suppressed = {column.name for column in columns(model) if not column.key}
    kept = exported.tables[name].columns
    fields = [_field(c, c.name in may_be_suppressed) for c in columns(model) if c.name in kept]
    references = [
        {
            "fields": [column.name],
            "reference": dict(zip(("resource", "fields"), _target(str(column.references)), strict=True)),
        }
        for column in columns(model)
        if column.references and column.references.split(".")[0] in exported.tables
    ]
    return {
        "fields": fields + [_SUPPRESSION] * (SUPPRESSION in kept),
        "missingValues": [""],
        "primaryKey": [column.name for column in columns(model) if column.key],
        **({"foreignKeys": references} if references else {}),
    }


def _target(references: str) -> tuple[str, list[str]]:
    table, column = references.split(".")
    return table, [column]


def _field(column: Column, may_be_suppressed: bool) -> dict[str, Any]:
    kind = "integer" if column.dtype.is_integer() else _TYPES[column.dtype.base_type()]
    is_required = column.key or not (column.nullable or may_be_suppressed or column.dtype == pl.String)
    return {
        "name": column.name,
        "type": kind,
        "title": column.title,
        "description": column.description,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": {"required": True}} if is_required else {}),
    }
