"""Records of loads that were never run, and servers that take the messages about them."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from pipelines.state.load_record import FailingCheck, LoadRecord
from sources.home.clock import SHANGHAI
from warehouse.database.store import VersionManifest

RUN_ID = "5b8d3a52-0e0b-4d0e-9d0a-000000000001"
AT_NIGHT = datetime(2023, 1, 20, 1, 31, 5, tzinfo=SHANGHAI)
CLEAN = LoadRecord(
    run_id=RUN_ID,
    job="nightly",
    started_at=datetime(2023, 1, 20, 1, 30, tzinfo=SHANGHAI),
    ended_at=AT_NIGHT,
    state="published",
    version="v000007",
    published=True,
    synthetic=False,
    deliveries={"accepted": 3, "rejected": 0, "duplicate": 0},
    rows={"candidate": 40, "accepted": 40, "rejected": 0, "flagged": 0, "skipped": 0},
    open_rejected_deliveries=0,
    checks={"passed": 100, "warned": 0, "failed": 0},
    failing=(),
    error=None,
)
MANIFEST = VersionManifest(
    version="v000007",
    built_at=datetime(2023, 1, 19, 1, 31, tzinfo=SHANGHAI),
    cut_off=datetime(2023, 1, 19, 1, 30, tzinfo=SHANGHAI),
    synthetic=False,
    fingerprint="",
    code_hash="",
    duckdb_version="",
    storage_version="",
    row_counts={
        "dim_date": 10,
        "dim_reporter": 5,
        "fact_grid": 7,
        "mart_figure": 3,
        "dq_finding": 2,
        "warehouse_info": 9,
    },
    failed_checks=[],
)
OUTPUT_RATIO = FailingCheck(
    asset="mart/agri_processing",
    check="ratio",
    title="销售收入与产值之比应在三倍以内",
    severity="warn",
    blocking=False,
    failed_rows=7,
    checked_rows=96,
)


def clean(**changed: Any) -> LoadRecord:
    """A clean load, but for what is changed."""
    return CLEAN.model_copy(update=changed)


def with_failing(*failing: FailingCheck, **changed: Any) -> LoadRecord:
    """A load whose checks did not all hold."""
    warned = sum(check.severity == "warn" for check in failing)
    checks = {"passed": 100, "warned": warned, "failed": len(failing) - warned}
    return clean(failing=failing, checks=checks, **changed)


def write_channels(home: Path, *urls: str, more: str = "") -> Path:
    """An alerts.toml with these addresses."""
    path = home / "alerts.toml"
    path.write_text(f"urls = {json.dumps(urls)}\n{more}", "utf-8")
    path.chmod(0o600)
    return path


@contextmanager
def web_server(status: int = 200) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An address that takes JSON messages, and those it has got."""
    got: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"json://127.0.0.1:{server.server_port}/hook-secret-7", got
        finally:
            server.shutdown()
            thread.join()


class _Mailbox:
    """What a mail server has got: subjects and texts."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        body = mail.get_body(("plain", "html"))
        self.got.append((str(mail["subject"]), body.get_content() if body else ""))
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """An address that takes mail, and the subjects and texts that it has got."""
    mailbox = _Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"mailto://127.0.0.1:{port}?from=xiangcang@example.cn&to=steward@example.cn", mailbox.got
    finally:
        controller.stop()
