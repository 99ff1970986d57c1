"""Maps of townships in SVG, coloured by rank: tiles at given positions, or boundaries on a plain projection.

Put here: drawing. Keep out: what may be drawn at all; real boundaries come with an approval number, or not at all.
"""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import cos, radians

from warehouse.reports.plots import add_text

Point = tuple[float, float]
Rings = Sequence[Sequence[Point]]

_TILE_WIDTH, _TILE_HEIGHT, _GAP = 104, 66, 4
_WIDTH, _MARGIN = 760.0, 8.0


@dataclass(frozen=True)
class Ground:
    """What a map is drawn on. tiles: column and row by place; boundaries: rings of longitude and latitude by place.

    approval_number: of a map with boundaries, printed below it. Where there are boundaries, tiles are not drawn.
    """

    tiles: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    boundaries: Mapping[str, Rings] = field(default_factory=dict)
    approval_number: str = ""

    @property
    def places(self) -> set[str]:
        """The places that the map shows."""
        return set(self.boundaries or self.tiles)


@dataclass(frozen=True)
class MarkedPlace:
    """A place on a map. shown: its figure, empty where it has none. shade: the class of its colour, empty for none."""

    code: str
    name: str
    shown: str
    rank: int | None
    shade: str

    @property
    def words(self) -> str:
        """Say what the place's colour says."""
        return f"{self.name} {self.shown or '无数据'}" + (f"，第{self.rank}" if self.shade else "")


def draw(ground: Ground, places: Sequence[MarkedPlace], title: str) -> str:
    """Draw a map as an `<svg>` element for HTML. Places that the ground does not have are left out."""
    shown = [place for place in places if place.code in ground.places]
    draw_places = _draw_boundaries if ground.boundaries else _draw_tiles
    return ET.tostring(draw_places(ground, shown, title), encoding="unicode")


def _draw_tiles(ground: Ground, places: Sequence[MarkedPlace], title: str) -> ET.Element:
    columns, rows = (max(at[axis] for at in ground.tiles.values()) for axis in (0, 1))
    root = _canvas(columns * _TILE_WIDTH, rows * _TILE_HEIGHT, title, places)
    for place in places:
        column, row = ground.tiles[place.code]
        x, y = (column - 1) * _TILE_WIDTH, (row - 1) * _TILE_HEIGHT
        group = _group(root, place)
        size = {"width": f"{_TILE_WIDTH - _GAP}", "height": f"{_TILE_HEIGHT - _GAP}", "rx": "4"}
        ET.SubElement(group, "rect", {"x": f"{x}", "y": f"{y}", **size})
        _add_label(group, place, x + (_TILE_WIDTH - _GAP) / 2, y + _TILE_HEIGHT / 2)
    return root


def _draw_boundaries(ground: Ground, places: Sequence[MarkedPlace], title: str) -> ET.Element:
    project, height = _projection(
        [point for rings in ground.boundaries.values() for ring in rings for point in ring]
    )
    root = _canvas(_WIDTH, height, title, places)
    shapes = {
        place.code: [_simplified(map(project, ring)) for ring in ground.boundaries[place.code]]
        for place in places
    }
    for place in places:
        path = "".join(f"M{' '.join(f'{x:.0f},{y:.0f}' for x, y in ring)}Z" for ring in shapes[place.code])
        ET.SubElement(_group(root, place), "path", {"d": path, "fill-rule": "evenodd"})
    for place in places:  # over all shapes, so that no neighbour hides a name
        x, y = _middle_of(max(shapes[place.code], key=lambda ring: abs(_doubled_area(ring))))
        _add_label(_group(root, place), place, x, y)
    return root


def _projection(points: Sequence[Point]) -> tuple[Callable[[Point], Point], float]:
    """Make an equirectangular projection of points onto the width of a map, and give the height that it takes."""
    longitudes, latitudes = zip(*points, strict=True)
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    shrunk = cos(radians((south + north) / 2))
    scale = (_WIDTH - 2 * _MARGIN) / max((east - west) * shrunk, (north - south), 1e-9)

    def project(point: Point) -> Point:
        longitude, latitude = point
        return _MARGIN + (longitude - west) * shrunk * scale, _MARGIN + (north - latitude) * scale

    return project, (north - south) * scale + 2 * _MARGIN


def _simplified(ring: "map[Point]") -> list[Point]:
    """Round to whole units and drop points that then repeat the one before."""
    return [point for point, _ in groupby((round(x), round(y)) for x, y in ring)]


def _doubled_area(ring: Sequence[Point]) -> float:
    """Return twice the area, with the sign of the direction in which the ring runs."""
    return sum(x * b - a * y for (x, y), (a, b) in zip(ring, [*ring[1:], ring[0]], strict=True))


def _middle_of(ring: Sequence[Point]) -> Point:
    """Return the centroid of a ring, or the mean of its points where it has no area."""
    doubled = _doubled_area(ring)
    if not doubled:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    x = sum((x + a) * (x * b - a * y) for (x, y), (a, b) in pairs)
    y = sum((y + b) * (x * b - a * y) for (x, y), (a, b) in pairs)
    return x / (3 * doubled), y / (3 * doubled)


def _canvas(width: float, height: float, title: str, places: Sequence[MarkedPlace]) -> ET.Element:
    root = ET.Element("svg", {"class": "map", "viewBox": f"0 0 {width:.0f} {height:.0f}", "role": "img"})
    ET.SubElement(root, "title").text = title
    ET.SubElement(root, "desc").text = "；".join(place.words for place in places)
    return root


def _group(root: ET.Element, place: MarkedPlace) -> ET.Element:
    group = ET.SubElement(root, "g", {"class": place.shade or "none"})
    ET.SubElement(group, "title").text = place.words
    return group


def _add_label(group: ET.Element, place: MarkedPlace, x: float, y: float) -> None:
    """Write name, value and rank about a point, so that the colour is not the only sign."""
    add_text(group, x, y - 11, place.name, "name middle")
    add_text(group, x, y + 6, place.shown or "无数据", "value middle")
    if place.shade:
        add_text(group, x, y + 21, f"第{place.rank}", "rank-of middle")
