"""The UI of one home: it serves the code location, and ends cleanly when told to."""

from pathlib import Path

from tests.pipelines.serving import ask, served

LOCATIONS = "{ workspaceOrError { ... on Workspace { locationEntries { name loadStatus } } } }"


def test_it_serves_the_code_location_until_interrupted(tmp_path: Path) -> None:
    with served(tmp_path) as (address, ui):
        assert ask(address, LOCATIONS) == {
            "workspaceOrError": {"locationEntries": [{"name": "xiangcang", "loadStatus": "LOADED"}]}
        }
        assert (tmp_path / "dagster" / "dagster.yaml").exists()
    assert ui.returncode == 0
    assert ui.stderr is not None
    assert address in ui.stderr.read()
