"""How the last load ended and what is published, for Prometheus: `metrics/xiangcang.prom`, in its text format.

Put here: counts and times. Keep out: names of files, forms or persons. Imported before Dagster and polars are.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipelines.state.load_record import STATES, LoadRecord, read_records
from schemas.errors import log_failure
from sources.home.folders import write_whole
from warehouse.database.store import Store, VersionManifest, read_manifest

METRICS = Path("metrics") / "xiangcang.prom"
"""In a home."""

_LAYERS = ("dim", "fact", "mart", "dq")
_log = logging.getLogger("xiangcang")


def write_metrics(root: Path, record: LoadRecord) -> None:
    """Write the metrics after a load, whole or not at all. Where that fails the log says so, and the load stays as it was."""
    good = next((last for last in read_records(root) if last.ended_well), None)
    try:
        manifest = read_manifest(Store(root).record(record.version)) if record.version else None
        (root / METRICS).parent.mkdir(exist_ok=True, mode=0o700)
        write_whole(root / METRICS, to_text(record, good, manifest).encode())
    except (OSError, ValueError, TypeError, KeyError) as error:
        log_failure(_log, "the metrics were not written", error)


def to_text(record: LoadRecord, good: LoadRecord | None, manifest: VersionManifest | None) -> str:
    """Write metrics as node_exporter reads them. good: the last load that ended well; manifest: of what is published."""
    return "".join(f"{line}\n" for line in _lines(record, good, manifest))


def _lines(record: LoadRecord, good: LoadRecord | None, manifest: VersionManifest | None) -> Iterator[str]:
    severities = Counter(check.severity for check in record.failing)
    yield from _gauge(
        "last_load_end_timestamp_seconds", "When the last load ended", record.ended_at.timestamp()
    )
    if good:
        yield from _gauge(
            "last_good_load_end_timestamp_seconds", "When a load last ended well", good.ended_at.timestamp()
        )
    duration = (record.ended_at - record.started_at).total_seconds()
    yield from _gauge("last_load_duration_seconds", "How long the last load took", duration)
    yield from _gauges(
        "last_load_state",
        "1 for how it ended",
        "state",
        {state: int(state == record.state) for state in STATES},
    )
    yield from _gauges("last_load_deliveries", "Deliveries that it received", "outcome", record.deliveries)
    yield from _gauges("last_load_rows", "Rows that it read", "outcome", record.rows)
    yield from _gauges(
        "last_load_failing_checks", "Checks that do not hold", "severity",
        {severity: severities[severity] for severity in ("warn", "error")},
    )  # fmt: skip
    if record.open_rejected_deliveries is not None:
        yield from _gauge(
            "open_rejected_deliveries", "Deliveries still to be sent again", record.open_rejected_deliveries
        )
    if manifest:
        rows: Counter[str] = Counter()
        for table, count in manifest.row_counts.items():
            rows[table.partition("_")[0]] += count
        yield from _gauge(
            "published_timestamp_seconds", "When what is published was made", manifest.built_at.timestamp()
        )
        yield from _gauges(
            "published_rows", "Rows of what is published", "layer", {layer: rows[layer] for layer in _LAYERS}
        )


def _gauge(name: str, help_: str, value: float) -> Iterator[str]:
    yield from _heading(name, help_)
    yield f"xiangcang_{name} {_number(value)}"


def _gauges(name: str, help_: str, label: str, values: Mapping[str, float]) -> Iterator[str]:
    yield from _heading(name, help_)
    for key, value in values.items():
        yield f'xiangcang_{name}{{{label}="{key}"}} {_number(value)}'


def _heading(name: str, help_: str) -> Iterator[str]:
    yield f"# HELP xiangcang_{name} {help_}."
    yield f"# TYPE xiangcang_{name} gauge"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
