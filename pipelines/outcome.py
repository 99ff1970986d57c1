"""What one load did."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """The counts are this load's own; version and figures are the published ones after it.

    deliveries: accepted, rejected, duplicate. rows: candidate, accepted, flagged, rejected, skipped.
    checks: passed, warned, failed. error: why the run failed, or None.
    """

    deliveries: Mapping[str, int]
    rows: Mapping[str, int]
    checks: Mapping[str, int]
    version: str | None
    published: bool
    synthetic: bool
    figures: Mapping[str, Any]
    run_id: str
    error: str | None
