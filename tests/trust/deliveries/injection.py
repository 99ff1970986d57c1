"""Formulas, HTML, Markdown, SQL and paths, planted in every place of a delivery and looked for in every output."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from lxml import html
from markdown_it import MarkdownIt

from tests.journeys.townships import village_book
from tests.trust.forked import apart
from tests.trust.homes import Homes, contents_apart, load, run
from tests.trust.lines import Line, Trial

TOWNSHIP = "口泉乡"
PAYLOADS = {
    "formula": '=HYPERLINK("#{token}")',
    "html": "<img src=x onerror={token}>",
    "markdown": "![{token}](x) [{token}](javascript:{token})",
    "sql": "'; drop table fact_village_profile; -- {token}",
    "path": "../../{token}",
}
PLACES = ("cell", "sheet", "file", "heading", "title", "footer", "folder")
OUTPUTS = ("receipts", "marked copies", "pages", "csv", "dagster", "published", "disk")
QUERIES = ("from dq_rejected_row", "from dq_delivery", "from dq_finding")


def _token(place: str, kind: str) -> str:
    return f"zq{PLACES.index(place)}{kind}qz"


def _file(place: str, kind: str) -> tuple[str, bytes]:
    """Make a delivery with a payload in one place; give where it is dropped."""
    payload = PAYLOADS[kind].format(token=_token(place, kind))
    book = openpyxl.load_workbook(io.BytesIO(village_book(TOWNSHIP, ["杨家窑村", "上窝寨村"])))
    sheet = book.active
    cells = {"cell": "A4", "heading": "K3", "title": "A1", "footer": "A8"}
    if place in cells:
        sheet[cells[place]] = f"村基本情况年报 {payload}" if place == "title" else payload
        sheet[cells[place]].data_type = "s"
    if place == "sheet":
        sheet.title = "".join(character for character in payload if character not in "[]:*?/\\")[:31]
    out = io.BytesIO()
    book.save(out)
    in_path = payload.replace("/", "／").replace(
        "..", "a..", 1
    )  # a name that begins with a dot is left alone
    folder = in_path if place == "folder" else TOWNSHIP
    return f"{folder}/{in_path if place == 'file' else _token(place, kind)}.xlsx", out.getvalue()


def _drop(home: Path) -> None:
    for place in PLACES:
        for kind in PAYLOADS:
            name, data = _file(place, kind)
            path = home / "inbox" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _works(text: str) -> Iterator[str]:
    """Find the tokens of payloads that a browser would act on."""
    for element in html.fromstring(text).iter():
        for name, value in element.attrib.items():
            acts = name.startswith("on") or value.startswith("javascript:") or element.tag == "img"
            if acts and "zq" in f"{name} {value} {element.attrib}":
                yield f"<{element.tag} {name}={value}>"


def _in_pages(home: Path, folder: str) -> Iterator[str]:
    for path in (home / folder).rglob("*.html"):
        yield from (f"{path.name}: {one}" for one in _works(path.read_text("utf-8")))


def _in_copies(home: Path) -> Iterator[str]:
    for path in (home / "outbox").rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                yield from (
                    f"{path.name} {sheet.title} {cell.coordinate}: {cell.value}"
                    for cell in row
                    if cell.data_type == "f" and "zq" in str(cell.value)
                )


def _in_csv(text: str) -> Iterator[str]:
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        yield from (cell for cell in row if "zq" in cell and cell[:1] in ("=", "+", "-", "@", "\t"))


def _in_dagster(home: Path) -> Iterator[str]:
    """Render every Markdown that was written into Dagster's events, with HTML let through."""
    render = MarkdownIt("commonmark", {"html": True}).enable("table").render
    for path in (home / "dagster").rglob("*.db"):
        with sqlite3.connect(path) as database:
            tables = {
                name for (name,) in database.execute("select name from sqlite_master where type = 'table'")
            }
            rows = (
                database.execute("select event from event_logs").fetchall() if "event_logs" in tables else []
            )
        for (event,) in rows:
            yield from (
                one for text in _markdown(json.loads(event)) for one in _works(render(text) or "<p/>")
            )


def _markdown(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("md_str"), str) and value["md_str"].strip():
            yield value["md_str"]
        for inner in value.values():
            yield from _markdown(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _markdown(inner)


def _on_disk(folder: Path, home: Path) -> Iterator[str]:
    """Name what lies where a path of a delivery would have led."""
    for path in folder.rglob("*zq*"):
        inside = path.is_relative_to(home) and path.relative_to(home).parts[0] in (
            "inbox",
            "outbox",
            "archive",
        )
        if not inside:
            yield str(path.relative_to(folder))


def _tried(folder: Path, homes: Homes) -> list[str]:
    home, log = homes.copy(folder / "deep" / "er" / "home", waiting=False), folder / "log"
    apart(lambda: _drop(home), log)
    loaded = load(home, log)
    effective = {
        "receipts": apart(lambda: list(_in_pages(home, "outbox")), log),
        "pages": apart(lambda: list(_in_pages(home, "pages")), log),
        "marked copies": apart(lambda: list(_in_copies(home)), log),
        "csv": [one for query in QUERIES for one in _in_csv(run(home, ["sql", "--csv", query], log)[1])],
        "dagster": apart(lambda: list(_in_dagster(home)), log),
        "published": sorted(homes.first.keys() - contents_apart(home, log).keys()),
        "disk": list(_on_disk(folder, home)),
    }
    seen = run(home, ["sql", "--csv", QUERIES[1]], log)[1]
    unseen = [
        f"{place} {kind}: no trace of the delivery"
        for place in PLACES
        for kind in PAYLOADS
        if place not in ("folder",) and _token(place, kind) not in seen
    ]
    wrong = [] if loaded.code == 0 else [f"the load ended with {loaded.code}: {loaded.log[-400:]}"]
    return wrong + unseen + [f"{output}: {text}" for output in OUTPUTS for text in effective[output]]


def _plan(seed: int, homes: Homes, short: bool) -> list[Trial]:
    return [Trial("all pairs", _tried, len(PLACES) * len(PAYLOADS) * len(OUTPUTS))]


INJECTION = Line(
    "injection", "formula, HTML, Markdown, SQL and path in every input, looked for in every output", _plan
)
