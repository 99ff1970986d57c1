"""What receiving says in the log before it begins."""

import logging

import pytest

from pipelines.assets.receiving import _log_stale
from sources.home.receipts import INTERNAL_ERROR, Reason
from tests.sources.holding.receipts import receipt

FAILED = Reason(rule=INTERNAL_ERROR, sheet="", cell="", message="磁盘已满")


def test_other_rules_are_told_from_what_the_machine_failed_on(caplog: pytest.LogCaptureFixture) -> None:
    failed = receipt("failed", outcome="rejected", reasons=[FAILED], rules_hash="")
    caplog.set_level(logging.INFO, "xiangcang")
    _log_stale([receipt("a", rules_hash="old"), receipt("b", rules_hash="old"), failed])
    assert caplog.messages == ["规则或区县资料有改动，将重读 1 种表 2 份", "上次没能读写的 1 份再试"]
    caplog.clear()
    _log_stale([])
    assert caplog.messages == []
