"""What a steward can confirm: a value that a check doubts in the published version, and no other."""

from pathlib import Path

import pytest

from pipelines.state.doubted_values import assert_doubted
from sources.holding.decisions import DecisionRefused
from warehouse.database.query import query
from warehouse.database.store import Store


def test_only_what_a_check_doubts_can_be_confirmed(sample_home: Path) -> None:
    store = Store(sample_home)
    check, row_key, field, value = query(
        store, "select check_name, row_key, field, value from dq_doubt order by all limit 1"
    ).row(0)

    assert_doubted(store, check, row_key, field, value)
    with pytest.raises(DecisionRefused, match=f"此行被质疑的是：{check} {field} {value}"):
        assert_doubted(store, check, row_key, field, value + "0")
    with pytest.raises(DecisionRefused, match="没有检查质疑主键为 0000/2022 的行；四项请照抄质量页"):
        assert_doubted(store, check, "0000/2022", field, value)
