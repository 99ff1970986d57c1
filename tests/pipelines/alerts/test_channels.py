"""Where alerts go: alerts.toml, sending, and what is kept when a message does not arrive."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from pipelines.alerts.channels import ChannelsRefused, alert, read_channels
from pipelines.state.load_record import write_record
from tests.pipelines.load_records import (
    CLEAN,
    OUTPUT_RATIO,
    clean,
    mail_server,
    web_server,
    with_failing,
    write_channels,
)

FAILED = clean(state="failed", error="甄隐士13900001111.xlsx B7")
NOWHERE = "json://127.0.0.1:9/hook-secret-7"
"""Nothing listens on the discard port."""


def undelivered(home: Path) -> list[Any]:
    return [json.loads(path.read_bytes())["undelivered"] for path in (home / "history/alerts").glob("*.json")]


def test_without_the_file_nothing_is_sent_or_kept(tmp_path: Path) -> None:
    alert(tmp_path, FAILED)

    assert list(tmp_path.iterdir()) == []


def test_a_clean_load_sends_no_alert(tmp_path: Path) -> None:
    with web_server() as (url, got):
        write_channels(tmp_path, url)
        alert(tmp_path, CLEAN)

    assert got == []
    assert undelivered(tmp_path) == []


def test_a_failing_check_that_blocks_nothing_is_alerted_once_by_name(tmp_path: Path) -> None:
    with web_server() as (url, got):
        write_channels(tmp_path, url, more='ui = "https://ui.example"\npages = "https://pages.example"')
        alert(tmp_path, with_failing(OUTPUT_RATIO))

    (message,) = got
    assert message["title"] == "乡仓：已发布新版本"
    assert "· 提醒 销售收入与产值之比应在三倍以内：7 行" in message["message"].splitlines()
    assert f"运行：https://ui.example/runs/{CLEAN.run_id}" in message["message"].splitlines()
    assert undelivered(tmp_path) == [[]]


def test_mail_is_sent(tmp_path: Path) -> None:
    with mail_server() as (url, got):
        write_channels(tmp_path, url)
        alert(tmp_path, with_failing(OUTPUT_RATIO))

    ((subject, text),) = got
    assert subject == "乡仓：已发布新版本"
    assert OUTPUT_RATIO.title in text


@pytest.mark.parametrize(
    "url",
    [
        "wecombot://693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa",
        "dingtalk://SEC0123456789abcdef@0123456789abcdef0123456789abcdef",
        "feishu://0123456789abcdef",
        "mailtos://user:password@smtp.example.cn:465?from=xiangcang@example.cn&to=steward@example.cn",
    ],
)
def test_the_offices_of_a_county_can_be_reached(tmp_path: Path, url: str) -> None:
    write_channels(tmp_path, url)

    channels = read_channels(tmp_path)
    assert channels is not None
    assert [known.get_secret_value() for known in channels.urls] == [url]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'urls = ["json://hook-secret-7',
            "警报设置 alerts.toml 文件末尾：不是 TOML，引号没有合上",
        ),
        ('urls = ["nowhere://hook-secret-7"]', "第 1 个地址"),
        ('urls = "json://hook-secret-7"', "urls"),
        ("urls = []", "urls"),
        ('urls = ["json://hook-secret-7"]\nurl = "hook-secret-7"', "url"),
        ('urls = ["json://hook-secret-7"]\npages = "hook-secret-7"', "pages"),
        ('urls = ["json://hook-secret-7"]\nsilent_hours = 0', "silent_hours"),
    ],
)
def test_a_file_that_is_wrong_is_refused_without_its_secrets(tmp_path: Path, text: str, message: str) -> None:
    write_channels(tmp_path).write_text(text)

    with pytest.raises(ChannelsRefused, match=message) as refused:
        read_channels(tmp_path)
    assert "secret" not in str(refused.value)


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    write_channels(tmp_path, NOWHERE).chmod(0o640)

    with pytest.raises(ChannelsRefused, match="chmod 600"):
        read_channels(tmp_path)


def test_a_clean_load_reports_a_wrong_file_too(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_channels(tmp_path, "nowhere://x")
    alert(tmp_path, CLEAN)

    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert undelivered(tmp_path) == [["alerts.toml"]]


def test_what_did_not_arrive_is_logged_and_kept_and_the_record_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = write_record(tmp_path, FAILED).read_bytes()
    with web_server(status=403) as (refusing, _), web_server() as (url, got):
        write_channels(tmp_path, refusing, NOWHERE, url)
        alert(tmp_path, FAILED)

    assert len(got) == 1
    assert undelivered(tmp_path) == [["urls[1] json", "urls[2] json"]]
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "警报没有送达：urls[1] json、urls[2] json"
    ]
    assert write_record(tmp_path, FAILED).read_bytes() == before


def test_no_secret_and_no_person_gets_into_logs_files_or_messages(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG), web_server() as (url, got):
        write_channels(tmp_path, url, NOWHERE)
        alert(tmp_path, FAILED)

    printed = capfd.readouterr()
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "history").rglob("*.json"))
    assert len(got) == 1
    assert "hook-secret-7" not in caplog.text + printed.out + printed.err + written
    assert "甄隐士" not in json.dumps(got, ensure_ascii=False) + caplog.text + written
