"""A published warehouse names the version of the program that built it."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from warehouse.build import inputs
from warehouse.build.build import Built
from warehouse.build.inputs import Inputs

Rows = list[dict[str, Any]]


def test_the_warehouse_names_the_version_of_the_program(
    tmp_path: Path,
    build_at: Callable[..., Built],
    given_sources: Callable[..., dict[str, Any]],
    read: Callable[[Path, str], Rows],
) -> None:
    built = build_at(tmp_path / "one.duckdb", given_sources())
    query = "select value from warehouse_info where name = 'program_version'"
    assert read(built.path, query) == [{"value": version("xiangcang")}]


def test_another_version_is_built_anew(
    given_sources: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Inputs(given_sources()).fingerprint
    assert Inputs(given_sources()).fingerprint == before
    monkeypatch.setattr(inputs, "version", lambda name: "99.0")
    assert Inputs(given_sources()).fingerprint != before
