"""Decisions of stewards on deliveries: held ones are confirmed, others withdrawn; each is a file, never changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import Field

from schemas.errors import XiangcangError
from schemas.strict import Strict
from sources.home.folders import Home, write_whole

Verdict = Literal["confirm", "withdraw"]


class Decision(Strict):
    """A steward's word on a delivery: by whom, when and why."""

    delivery_id: str
    verdict: Verdict
    why: str = Field(min_length=1)
    by: str = Field(min_length=1)
    decided_at: datetime


class DecisionRefused(XiangcangError):
    """A decision that cannot be taken; the message says why, and what can be done."""


def read_decisions(home: Home) -> list[Decision]:
    """Read the decisions of a home, in the order in which they were taken."""
    read = [Decision.model_validate_json(path.read_bytes()) for path in home.decisions.glob("*.json")]
    return sorted(read, key=lambda decision: (decision.decided_at, decision.delivery_id))


def write_decision(home: Home, decision: Decision) -> None:
    """Keep a decision; those taken before stay."""
    name = f"{decision.decided_at:%Y%m%dT%H%M%S%f}-{decision.delivery_id}-{decision.verdict}.json"
    write_whole(home.decisions / name, decision.model_dump_json(indent=1).encode())


def last_word(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Map each delivery to the last decision on it."""
    return {decision.delivery_id: decision for decision in decisions}
