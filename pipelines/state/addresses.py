"""Where the pages of a home lie, the addresses that readers find them at, and that of the engine."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

UI_PORT = 3000
"""Where `xiangcang ui` serves, unless it is given another port."""

PAGES_PORT_OFFSET = 1
"""`xiangcang ui` serves the pages on the port after its own."""


HOME_PAGE = "index.html"
"""What a server of pages shows first."""


QUALITY_PAGE = "质量.html"


DICTIONARY_PAGE = "数据字典.html"


def pages_folder(root: Path) -> Path:
    """`<root>/pages`."""
    return root / "pages"


def ui_address(environ: Mapping[str, str] = os.environ) -> str:
    """Where readers find the Dagster UI: XIANGCANG_UI, by default where `xiangcang ui` serves it."""
    return environ.get("XIANGCANG_UI", f"http://127.0.0.1:{UI_PORT}").rstrip("/")


def served_on(port: int, environ: Mapping[str, str]) -> dict[str, str]:
    """Give the addresses where `xiangcang ui` serves on a port; what the environment names already stays."""
    own = {"XIANGCANG_UI": port, "XIANGCANG_PAGES": port + PAGES_PORT_OFFSET}
    return {name: environ.get(name, f"http://127.0.0.1:{at}") for name, at in own.items()}


def pages_address(environ: Mapping[str, str] = os.environ) -> str:
    """Where readers find the pages: XIANGCANG_PAGES, by default where `xiangcang ui` serves them."""
    return environ.get("XIANGCANG_PAGES", f"http://127.0.0.1:{UI_PORT + PAGES_PORT_OFFSET}").rstrip("/")


def engine_address(environ: Mapping[str, str] = os.environ) -> str | None:
    """Where tables are built: XIANGCANG_ENGINE, the address of a Spark server; None for DuckDB in this process."""
    return environ.get("XIANGCANG_ENGINE") or None


def address_of(page: Path) -> str:
    """Give the address of one page."""
    return f"{pages_address()}/{quote(page.name)}"


def dictionary_address(table: str) -> str:
    """Where the data dictionary describes a built table."""
    return f"{pages_address()}/{quote(DICTIONARY_PAGE)}#{table}"


def quality_address() -> str:
    """Give the address of the quality page."""
    return f"{pages_address()}/{quote(QUALITY_PAGE)}"
