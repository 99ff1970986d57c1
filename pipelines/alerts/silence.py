"""The alert when no load has succeeded for a number of hours; repeated whenever as many hours have passed again."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipelines.alerts.channels import SILENT_HOURS, Channels, read_channels, send
from pipelines.alerts.message import silence_message
from pipelines.state.load_record import read_records
from sources.home.folders import write_whole


@dataclass(frozen=True)
class Silence:
    """last_good: when a load ended well, or None; since: that time, or that of the first load there was."""

    last_good: datetime | None
    since: datetime


def overdue_since(root: Path, now: datetime, silent_hours: float) -> Silence | None:
    """Find how long no load has succeeded, where that is longer than allowed. A home without loads is never overdue."""
    first = None
    for record in read_records(root):
        if record.ended_well:
            silence = Silence(record.ended_at, record.ended_at)
            break
        first = record.ended_at
    else:
        if first is None:
            return None
        silence = Silence(None, first)
    return silence if now - silence.since > timedelta(hours=silent_hours) else None


def alert_overdue(root: Path, now: datetime) -> Silence | None:
    """Alert if no load has succeeded for too long, unless an alert about it is recent. Raises ChannelsRefused."""
    channels = read_channels(root)
    silence = overdue_since(root, now, channels.silent_hours if channels else SILENT_HOURS)
    if silence and channels and not _was_alerted(root, silence, now, channels):
        message = silence_message(silence.last_good, silence.since, now, pages=channels.pages, ui=channels.ui)
        if len(send(channels, message)) < len(channels.urls):
            write_whole(_last_alert(root), json.dumps({"told_at": now.isoformat()}).encode())
    return silence


def _was_alerted(root: Path, silence: Silence, now: datetime, channels: Channels) -> bool:
    """Tell whether an alert about this silence was sent, and not so long ago that it is due again."""
    if not _last_alert(root).exists():
        return False
    try:
        alerted_at = datetime.fromisoformat(json.loads(_last_alert(root).read_bytes())["told_at"])
    except (ValueError, TypeError, KeyError):
        return False  # damaged: better twice than never
    return alerted_at > silence.since and now - alerted_at < timedelta(hours=channels.silent_hours)


def _last_alert(root: Path) -> Path:
    """Name the file of when the last alert was sent: the sensor and the command share it."""
    return root / "silence.json"
