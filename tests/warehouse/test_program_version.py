"""Another version of the program builds a warehouse of its own."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.district import CATALOGUE
from warehouse.build import inputs
from warehouse.build.inputs import Inputs


def test_another_version_is_built_anew(
    given_sources: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Inputs(CATALOGUE, given_sources()).fingerprint
    assert Inputs(CATALOGUE, given_sources()).fingerprint == before
    monkeypatch.setattr(inputs, "version", lambda name: "99.0")
    assert Inputs(CATALOGUE, given_sources()).fingerprint != before
