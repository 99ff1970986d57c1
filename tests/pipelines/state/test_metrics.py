"""Metrics of the last load, as Prometheus reads them."""

import re
from datetime import timedelta
from pathlib import Path

from pipelines.state.metrics import METRICS, to_text, write_metrics
from tests.pipelines.load_records import AT_NIGHT, MANIFEST, OUTPUT_RATIO, clean, with_failing

LINE = re.compile(r'(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[a-z]+"\})? [0-9.]+)')


def values(text: str) -> dict[str, float]:
    return {
        name.removeprefix("xiangcang_"): float(value)
        for name, value in (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    }


def test_every_line_is_one_that_prometheus_reads() -> None:
    text = to_text(with_failing(OUTPUT_RATIO), clean(), MANIFEST)
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    assert text.endswith("\n")
    assert text.count("# TYPE") == text.count("# HELP") == 10


def test_a_load_is_told_in_figures() -> None:
    failed = with_failing(OUTPUT_RATIO, state="failed", error="磁盘已满", open_rejected_deliveries=2)
    good = clean(ended_at=AT_NIGHT - timedelta(days=2))
    assert values(to_text(failed, good, MANIFEST)) == {
        "last_load_end_timestamp_seconds": AT_NIGHT.timestamp(),
        "last_good_load_end_timestamp_seconds": AT_NIGHT.timestamp() - 2 * 86400,
        "last_load_duration_seconds": 65,
        'last_load_state{state="published"}': 0,
        'last_load_state{state="unchanged"}': 0,
        'last_load_state{state="blocked"}': 0,
        'last_load_state{state="failed"}': 1,
        'last_load_state{state="received"}': 0,
        'last_load_deliveries{outcome="accepted"}': 3,
        'last_load_deliveries{outcome="rejected"}': 0,
        'last_load_deliveries{outcome="duplicate"}': 0,
        'last_load_rows{outcome="candidate"}': 40,
        'last_load_rows{outcome="accepted"}': 40,
        'last_load_rows{outcome="rejected"}': 0,
        'last_load_rows{outcome="flagged"}': 0,
        'last_load_rows{outcome="skipped"}': 0,
        'last_load_failing_checks{severity="warn"}': 1,
        'last_load_failing_checks{severity="error"}': 0,
        "open_rejected_deliveries": 2,
        "published_timestamp_seconds": MANIFEST.built_at.timestamp(),
        'published_rows{layer="dim"}': 15,
        'published_rows{layer="fact"}': 7,
        'published_rows{layer="mart"}': 3,
        'published_rows{layer="dq"}': 2,
    }


def test_a_home_without_a_version_or_a_good_load_has_the_rest() -> None:
    names = values(to_text(clean(version=None, open_rejected_deliveries=None), None, None)).keys()
    assert [name for name in names if "published_" in name or "good" in name or "open" in name] == []


def test_metrics_that_cannot_be_written_leave_the_load_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "metrics").write_text("in the way", "utf-8")
    write_metrics(tmp_path, clean(version=None))
    assert (tmp_path / "metrics").read_text("utf-8") == "in the way"


def test_a_load_leaves_them(small_home: Path) -> None:
    after_load = values((small_home / METRICS).read_text("utf-8"))
    assert after_load['last_load_state{state="published"}'] == 1
    assert (
        min(after_load[f'published_rows{{layer="{layer}"}}'] for layer in ("dim", "fact", "mart", "dq")) > 0
    )
