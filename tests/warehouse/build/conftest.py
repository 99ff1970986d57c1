"""Builds that tests of publishing start from."""

import pickle
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import once
from warehouse.build.build import Built
from warehouse.database.store import Store


def reporter(name: str) -> dict[str, str]:
    return {"reporter_code": name, "name": name, "division_code": "140214000000"}


@pytest.fixture(scope="session")
def built_once(
    tmp_path_factory: pytest.TempPathFactory,
    build_at: Callable[..., Built],
    given_sources: Callable[..., dict[str, Any]],
) -> dict[str, Built]:
    """Builds of two districts with one reporter each, named for the reporter: copy them first."""

    def make(folder: Path) -> None:
        folder.mkdir()
        for name in ("甲", "乙"):
            built = build_at(folder / f"{name}.duckdb", given_sources(ref_reporter=[reporter(name)]))
            (folder / f"{name}.pickle").write_bytes(pickle.dumps(built))

    folder = once(tmp_path_factory, "built_once", make)
    return {path.stem: pickle.loads(path.read_bytes()) for path in folder.glob("*.pickle")}


def copy_of(built: Built, store: Store) -> Built:
    """Copy a build to where a load builds."""
    store.building.unlink(missing_ok=True)
    shutil.copyfile(built.path, store.building)
    return replace(built, path=store.building)
