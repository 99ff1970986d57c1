"""The UI of one home: it serves the code location, and ends cleanly when told to."""

import urllib.request
from pathlib import Path
from urllib.parse import quote

from tests.pipelines.serving import ask, served

LOCATIONS = "{ workspaceOrError { ... on Workspace { locationEntries { name loadStatus } } } }"


def page(address: str, name: str) -> str:
    """A page as a browser gets it: from the port after the UI's."""
    host, _, port = address.rpartition(":")
    with urllib.request.urlopen(f"{host}:{int(port) + 1}/{quote(name)}", timeout=10) as response:
        return response.read().decode()


def test_it_serves_the_code_location_and_the_pages_until_interrupted(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "公报2022.html").write_text("一页", "utf-8")
    with served(tmp_path) as (address, ui):
        assert page(address, "公报2022.html") == "一页"
        assert ask(address, LOCATIONS) == {
            "workspaceOrError": {"locationEntries": [{"name": "xiangcang", "loadStatus": "LOADED"}]}
        }
        assert (tmp_path / "dagster" / "dagster.yaml").exists()
    assert ui.returncode == 0
    assert ui.stderr is not None
    assert address in ui.stderr.read()
