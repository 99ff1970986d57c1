"""Which judgements are kept in a home from one load to the next."""

from pathlib import Path

import pytest

from sources.holding.home_states import KeptJudge, read_judgements
from sources.holding.states import Judgement
from sources.home.folders import Home
from tests.district import REFERENCES


def ask(home: Home, *names: str) -> None:
    with KeptJudge(home, REFERENCES) as judge:
        judge.known |= dict.fromkeys(names, Judgement())
        judge.asked |= set(names)


def test_those_of_receiving_and_of_what_counts_are_both_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)

    ask(home, "in the order of arrival", "both")
    ask(home, "by period", "both")

    assert set(read_judgements(home)) == {"in the order of arrival", "by period", "both"}


def test_those_that_nobody_asks_for_go_once_they_are_the_greater_part(tmp_path: Path) -> None:
    home = Home(tmp_path)

    ask(home, "a", "b")
    ask(home, "c")

    assert set(read_judgements(home)) == {"c"}


@pytest.mark.parametrize(("kept", "flipped"), [(b'"both"', b'"bots"'), (b"{", b"["), (b"seal", b"\xb1eal")])
def test_a_damaged_file_of_them_is_not_used(
    kept: bytes, flipped: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = Home(tmp_path)
    ask(home, "both")
    file = tmp_path / "judgements.json"
    file.write_bytes(file.read_bytes().replace(kept, flipped, 1))
    assert read_judgements(home) == {}
    assert "judgements.json 损坏" in caplog.text
