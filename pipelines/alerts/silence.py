"""Silence: no load has ended well for too long. Told once, and once more whenever as long has passed again."""

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


def silence(root: Path, now: datetime, silent_hours: float) -> Silence | None:
    """The silence of a home, if it has lasted so long. A home where no load ever ran is not silent."""
    first = None
    for record in read_records(root):
        if record.ended_well:
            found = Silence(record.ended_at, record.ended_at)
            break
        first = record.ended_at
    else:
        if first is None:
            return None
        found = Silence(None, first)
    return found if now - found.since > timedelta(hours=silent_hours) else None


def tell_silence(root: Path, now: datetime) -> Silence | None:
    """The silence there is; an alert about it is sent if none was for as long. Raises ChannelsRefused."""
    channels = read_channels(root)
    found = silence(root, now, channels.silent_hours if channels else SILENT_HOURS)
    if found and channels and not _was_told(root, found, now, channels):
        said = silence_message(found.last_good, found.since, now, pages=channels.pages, ui=channels.ui)
        if len(send(channels, said)) < len(channels.urls):
            write_whole(_told(root), json.dumps({"told_at": now.isoformat()}).encode())
    return found


def _was_told(root: Path, found: Silence, now: datetime, channels: Channels) -> bool:
    """Whether this silence was told, and not so long ago that it is told again."""
    if not _told(root).exists():
        return False
    told_at = datetime.fromisoformat(json.loads(_told(root).read_bytes())["told_at"])
    return told_at > found.since and now - told_at < timedelta(hours=channels.silent_hours)


def _told(root: Path) -> Path:
    """When a silence was last told: the sensor and the command keep it together."""
    return root / "silence.json"
