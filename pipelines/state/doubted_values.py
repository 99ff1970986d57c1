"""Values that checks doubt in the published version: what a steward can confirm."""

from pathlib import Path

from sources.holding.decisions import DecisionRefused
from warehouse.database.query import query
from warehouse.database.store import Store

_DOUBTS_OF_ROW = Path(__file__).with_name("doubted_values.sql").read_text("utf-8")
_COPY = "四项请照抄质量页“处理”里的命令，或见 dq_doubt 的 check_name、row_key、field、value"


def assert_doubted(store: Store, check: str, row_key: str, field: str, value: str) -> None:
    """Refuse to confirm what no check doubts: a slip of the pen would be kept, and clear nothing.

    Raises DecisionRefused, or NothingPublished.
    """
    doubts = query(store, _DOUBTS_OF_ROW, [row_key]).rows()
    if (check, field, value) in doubts:
        return
    listed = "；".join(f"{name} {of} {doubted}" for name, of, doubted in doubts)
    there = f"此行被质疑的是：{listed}" if doubts else f"现行版本里没有检查质疑主键为 {row_key} 的行"
    raise DecisionRefused(f"没有检查质疑这个值（{check}，{field}，{value}）。{there}；{_COPY}")
