"""What maps are drawn on: positions of tiles, and boundaries, which nobody may show without an approval number."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sources.county.lists.boundaries import BOUNDARIES, Boundaries, BoundaryError, read_boundaries
from sources.county.lists.divisions import read_divisions
from sources.county.lists.tiles import TILES, TileError, read_tiles
from tests.district import COUNTY

DIVISIONS = read_divisions(COUNTY / "divisions")
SQUARE = [[[113.0, 40.0], [113.1, 40.0], [113.1, 40.1], [113.0, 40.0]]]
APPROVED = "GS（2022）1061号"


def tiles(folder: Path, *lines: str) -> dict[str, tuple[int, int]]:
    path = folder / TILES
    path.write_text("division_code,column,row\n" + "".join(f"{line}\n" for line in lines), "utf-8")
    return read_tiles(path, DIVISIONS)


def boundaries(folder: Path, *features: dict[str, Any], **members: Any) -> Boundaries:
    path = folder / BOUNDARIES
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | members), "utf-8")
    return read_boundaries(path, DIVISIONS)


def feature(
    code: str = "140214101000", kind: str = "Polygon", coordinates: Any = SQUARE, **more: str
) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"division_code": code} | more,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def test_a_county_without_the_files_has_no_map(tmp_path: Path) -> None:
    assert read_tiles(tmp_path / TILES, DIVISIONS) == {}
    assert read_boundaries(tmp_path / BOUNDARIES, DIVISIONS) == Boundaries()


def test_every_township_of_the_sample_has_a_tile() -> None:
    listed = DIVISIONS.filter(
        pl.col("level").is_in(["town", "township", "subdistrict"]), pl.col("valid_to").is_null()
    )
    assert read_tiles(COUNTY / TILES, DIVISIONS).keys() == set(listed["division_code"])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("140214101200,1,1", "不是乡镇、街道的区划代码"),
        ("140214102000,0,1", "应为 1 至 40 的整数"),
        ("140214102000,1,41", "应为 1 至 40 的整数"),
        ("140214102000,1,", "没有填 row"),
        ("140214102000,2,3", "这一格已是 140214101000"),
        ("140214101000,1,1", "写了两次"),
    ],
)
def test_a_wrong_tile_is_named_with_what_is_allowed(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(TileError, match=f"第 3 行“.*”：.*{fault}"):
        tiles(tmp_path, "140214101000,2,3", line)


def test_boundaries_are_rings_by_township(tmp_path: Path) -> None:
    parts = feature("140214102000", "MultiPolygon", [SQUARE, SQUARE])
    read = boundaries(tmp_path, feature(), parts, 审图号=f"审图号：{APPROVED}")
    assert {code: len(rings) for code, rings in read.rings.items()} == {"140214101000": 1, "140214102000": 2}
    assert read.rings["140214101000"][0][0] == (113.0, 40.0)


@pytest.mark.parametrize("number", [APPROVED, "晋S(2021)005号", "GS京（2022）0012号"])
def test_the_approval_number_stands_in_the_file_in_a_property_or_beside_it(
    tmp_path: Path, number: str
) -> None:
    assert boundaries(tmp_path, feature(), 审图号=number).approval_number == number
    assert boundaries(tmp_path, feature(审图号=number)).approval_number == number
    (tmp_path / "审图号.txt").write_text(f"审图号：{number}\n", "utf-8")
    assert boundaries(tmp_path, feature()).approval_number == number


@pytest.mark.parametrize("members", [{}, {"审图号": "无"}, {"审图号": "2022年1061号"}])
def test_boundaries_without_an_approval_number_are_refused(tmp_path: Path, members: dict[str, str]) -> None:
    with pytest.raises(BoundaryError, match=r"没有审图号，不能用：.*请移走此文件，可用 tiles\.csv"):
        boundaries(tmp_path, feature(), **members)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (feature("140214101200"), "第 1 个要素：属性 division_code“140214101200”不是乡镇、街道的区划代码"),
        (feature(kind="Point", coordinates=[113, 40]), "应为 Polygon 或 MultiPolygon，不是 Point"),
        (feature(coordinates=[[[38512345.6, 4412345.6]]]), "坐标应为经度、纬度两个数"),
        (feature(coordinates=[["x"]]), "坐标应为经度、纬度两个数"),
    ],
)
def test_a_wrong_feature_is_named_with_the_remedy(tmp_path: Path, wrong: dict[str, Any], fault: str) -> None:
    with pytest.raises(BoundaryError, match=fault):
        boundaries(tmp_path, wrong, 审图号=APPROVED)


@pytest.mark.parametrize("text", ["[]", "{}", '{"features": []}', "审图号"])
def test_what_is_no_geojson_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / BOUNDARIES).write_text(text, "utf-8")
    with pytest.raises(BoundaryError, match=r"边界 boundaries\.geojson .*GeoJSON"):
        read_boundaries(tmp_path / BOUNDARIES, DIVISIONS)
