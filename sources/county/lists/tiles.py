"""Positions of townships on a map of tiles: which column and row each tile stands in. A county may have none."""

from pathlib import Path

import polars as pl

from sources.county.lists.county_list import CountyList, ListError, find_blank

TILES = "tiles.csv"
MOST = 40
"""Columns and rows of a map."""

TOWNSHIP_LEVELS = ("town", "township", "subdistrict", "zone")
_COLUMNS = ("division_code", "column", "row")


class TileError(ListError):
    """A fault in the file of tiles; the message names the line and what is allowed."""


def read_tiles(path: Path, divisions: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Read column and row, from 1, by division code; none where there is no such file. Raises TileError."""
    if not path.exists():
        return {}
    listed = CountyList(path, "方格图", _COLUMNS, TileError)
    levels = dict(divisions.select("division_code", "level").iter_rows())
    tiles: dict[str, tuple[int, int]] = {}
    for line, row in enumerate(listed.read().iter_rows(named=True), start=2):
        code = row["division_code"] or ""
        fault = find_blank(row, _COLUMNS)
        if not fault and levels.get(code) not in TOWNSHIP_LEVELS:
            fault = "不是乡镇、街道的区划代码；代码见 division.csv"
        if not fault and not all(_is_position(row[name] or "") for name in ("column", "row")):
            fault = f"column、row 应为 1 至 {MOST} 的整数"
        if not fault:
            position = int(row["column"] or 0), int(row["row"] or 0)
            taken = next((other for other, at in tiles.items() if at == position), None)
            fault = "写了两次" if code in tiles else f"这一格已是 {taken}" if taken else None
        if fault:
            raise listed.fault(line, code, fault)
        tiles[code] = position
    return tiles


def _is_position(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text) <= MOST
