"""The sample's figures beside those that the 2022 bulletin printed: on it, agreement shows that the rules are right."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.command import xiangcang


@pytest.fixture(scope="module")
def compared(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    out = str(tmp_path_factory.mktemp("pages"))
    rows: list[dict[str, Any]] = json.loads(
        xiangcang(sample_home, "bulletin", "2022", "--out", out, "--compare", "--json")
    )
    return rows


def test_every_printed_figure_has_its_form(compared: list[dict[str, Any]]) -> None:
    assert [row["fig_id"] for row in compared] == [f"F{number:02}" for number in range(1, 60)]
    assert Counter(row["verdict"] for row in compared) == {
        "agrees": 48, "definition": 5, "not_printed": 4, "disputed": 2,
    }  # fmt: skip


def test_what_the_bulletin_gives_no_number_for_or_only_defines_is_said_to_be_so(
    compared: list[dict[str, Any]],
) -> None:
    by_verdict = {
        verdict: {row["fig_id"] for row in compared if row["verdict"] == verdict}
        for verdict in ("not_printed", "definition", "disputed")
    }
    assert by_verdict == {
        "not_printed": {"F46", "F47", "F48", "F54"},
        "definition": {"F07", "F08", "F13", "F39", "F58"},
        "disputed": {"F10", "F11"},
    }


def test_a_disputed_figure_shows_what_was_computed_beside_what_was_printed(
    compared: list[dict[str, Any]],
) -> None:
    printed = {row["fig_id"]: (row["printed"], row["computed"], row["status"]) for row in compared}

    assert printed["F10"] == ("6-9星12人", 72, "disputed")
    assert printed["F11"] == ("22星1人", 1, "disputed")
