"""Where alerts go: `alerts.toml` of a home, and sending there. Without the file nothing is sent.

Addresses carry secrets: they are never logged, nor quoted in an error.
"""

import json
import logging
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from pipelines.alerts.message import Message, is_due, message_of
from pipelines.state.addresses import pages_address, ui_address
from pipelines.state.load_record import LoadRecord
from schemas.errors import XiangcangError
from schemas.files.toml_file import TomlFile
from sources.home.clock import SHANGHAI
from sources.home.folders import write_whole

SILENT_HOURS = 26.0
_log = logging.getLogger("xiangcang")


class ChannelsRefused(XiangcangError):
    """alerts.toml cannot be used; the message says why and what to do."""


class Channels(BaseModel):
    """urls: Apprise addresses. pages, ui: what links lead to. silent_hours: without a good load, until an alert."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    urls: tuple[SecretStr, ...] = Field(min_length=1)
    pages: str = Field(
        default_factory=pages_address, pattern="^https?://", examples=["http://127.0.0.1:3000"]
    )
    ui: str = Field(default_factory=ui_address, pattern="^https?://", examples=["http://127.0.0.1:3000"])
    silent_hours: float = Field(default=SILENT_HOURS, gt=0)

    @field_validator("urls")
    @classmethod
    def _understood(cls, urls: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        from apprise import Apprise

        _hush()
        for number, url in enumerate(urls, start=1):
            if not Apprise().add(url.get_secret_value()):
                raise ValueError(f"第 {number} 个地址不是 Apprise 能发送的地址")
        return urls


def read_channels(root: Path) -> Channels | None:
    """Read the channels of a home; None where it has no alerts.toml. Raises ChannelsRefused."""
    path = root / "alerts.toml"
    if not path.exists():
        return None
    if path.stat().st_mode & 0o077:
        raise ChannelsRefused(f"{path} 含有密钥，只应本人可读：请执行 chmod 600 {path}")
    return TomlFile(path, "警报设置", ChannelsRefused).make(Channels)


def alert(root: Path, record: LoadRecord) -> None:
    """Send the alert about a load where one is due, and keep in `history/alerts` whether it was delivered.

    What cannot be sent is logged as an error and changes nothing in the load.
    """
    try:
        channels = read_channels(root)
    except ChannelsRefused as refused:
        _log.error(f"警报没有发出：{refused}")
        _keep(root, record, undelivered=["alerts.toml"])
        return
    if channels and is_due(record):
        undelivered = send(channels, message_of(record, pages=channels.pages, ui=channels.ui))
        _keep(root, record, undelivered)


def send(channels: Channels, message: Message) -> list[str]:
    """Send to every address; those it did not reach, by their number in alerts.toml and their kind."""
    from apprise import Apprise, NotifyFormat, NotifyType

    _hush()
    undelivered = []
    for number, url in enumerate(channels.urls, start=1):
        channel = Apprise()
        channel.add(url.get_secret_value())
        if not channel.notify(
            message.body, title=message.title, body_format=NotifyFormat.TEXT, notify_type=NotifyType.WARNING
        ):
            kind = url.get_secret_value().partition("://")[0]
            undelivered.append(f"urls[{number}] {kind}")
    if undelivered:
        _log.error(f"警报没有送达：{'、'.join(undelivered)}")
    return undelivered


def _keep(root: Path, record: LoadRecord, undelivered: list[str]) -> None:
    folder = root / "history" / "alerts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    delivery = {"at": datetime.now(SHANGHAI).isoformat(), "undelivered": undelivered}
    write_whole(folder / record.name, json.dumps(delivery, ensure_ascii=False).encode())


def _hush() -> None:
    """Silence the loggers of what sends: they would write addresses."""
    for name in ("apprise", "urllib3"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
