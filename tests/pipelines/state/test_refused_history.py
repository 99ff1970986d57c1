"""A run history that cannot be written is told in words, as a full disk is."""

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from pipelines.state.instance import HistoryRefused, run_history


def test_a_database_that_fails_amid_a_load_is_told_with_its_folder(tmp_path: Path) -> None:
    with (
        pytest.raises(HistoryRefused, match=r"dagster.*database or disk is full.*腾出空间"),
        run_history(tmp_path),
    ):
        raise OperationalError("insert", {}, Exception("database or disk is full"))
