"""Boundaries of townships as GeoJSON, with the approval number that a map needs to be shown. A county may have none."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from schemas.errors import XiangcangError
from sources.county.lists.tiles import TOWNSHIP_LEVELS

BOUNDARIES = "boundaries.geojson"
APPROVAL = "审图号"
"""The member of the file, the property of its features, or the name of the text file beside it."""

Ring = tuple[tuple[float, float], ...]
"""Points of longitude and latitude."""

_NUMBER = re.compile(r"\w{0,4}S[\u4e00-\u9fff]?[（(〔]\d{4}[）)〕]\d{1,6}号")


class BoundaryError(XiangcangError):
    """A fault in the file of boundaries; the message names the feature and the remedy."""


@dataclass(frozen=True)
class Boundaries:
    """Rings by division code, holes among them, and the approval number of the map. Without rings there is no map."""

    rings: Mapping[str, tuple[Ring, ...]] = field(default_factory=dict)
    approval_number: str = ""


def read_boundaries(path: Path, divisions: pl.DataFrame) -> Boundaries:
    """Read the boundaries; none where there is no such file. Raises BoundaryError, also where no approval number is given."""
    if not path.exists():
        return Boundaries()
    try:
        collection = json.loads(path.read_bytes())
    except ValueError as error:
        raise BoundaryError(f"边界 {path.name} 不是 JSON；请由制图软件另存为 GeoJSON（UTF-8）") from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise BoundaryError(f"边界 {path.name} 应为 GeoJSON 的 FeatureCollection，至少有一个要素")
    levels = dict(divisions.select("division_code", "level").iter_rows())
    rings: dict[str, tuple[Ring, ...]] = {}
    for number, feature in enumerate(features, start=1):
        code = _property(feature, "division_code")
        place = f"边界 {path.name} 第 {number} 个要素"
        if levels.get(code) not in TOWNSHIP_LEVELS:
            raise BoundaryError(
                f"{place}：属性 division_code“{code}”不是乡镇、街道的区划代码；代码见 division.csv"
            )
        if code in rings:
            raise BoundaryError(f"{place}：{code} 写了两次；分几块的请合为一个 MultiPolygon")
        rings[code] = tuple(_rings(place, feature))
    return Boundaries(rings, _approval_number(path, collection, features))


def _approval_number(path: Path, collection: Mapping[str, Any], features: list[Any]) -> str:
    beside = path.with_name(f"{APPROVAL}.txt")
    texts = [
        str(collection.get(APPROVAL) or ""),
        *(_property(feature, APPROVAL) for feature in features),
        beside.read_text("utf-8-sig") if beside.exists() else "",
    ]
    if number := next((match[0] for text in texts if (match := _NUMBER.search(text))), None):
        return number
    raise BoundaryError(
        f"边界 {path.name} 没有审图号，不能用：公开的地图须有审图号，形如 GS（2022）1061号。请写在文件的“{APPROVAL}”一项、"
        f"要素的属性“{APPROVAL}”，或旁边的 {beside.name}；没有审图号的请移走此文件，可用 tiles.csv 画方格图"
    )


def _rings(place: str, feature: Mapping[str, Any]) -> Iterator[Ring]:
    geometry: Mapping[str, Any] = feature.get("geometry") or {}
    kind: str | None = geometry.get("type")
    coordinates: Any = geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise BoundaryError(f"{place}：几何类型应为 Polygon 或 MultiPolygon，不是 {kind}")
    try:
        for polygon in coordinates if kind == "MultiPolygon" else [coordinates]:
            for ring in polygon:
                yield tuple(_point(*point[:2]) for point in ring)
    except (TypeError, ValueError) as error:
        raise BoundaryError(
            f"{place}：坐标应为经度、纬度两个数；请用经纬度坐标系（如 CGCS2000）导出"
        ) from error


def _point(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a point. Raises ValueError for one that lies nowhere on Earth, as projected coordinates do."""
    if not (-180 <= float(longitude) <= 180 and -90 <= float(latitude) <= 90):
        raise ValueError(longitude, latitude)
    return float(longitude), float(latitude)


def _property(feature: Any, name: str) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return str((properties or {}).get(name) or "")
