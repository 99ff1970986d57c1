"""What is missing is named with its remedy, and a sound home is called sound."""

import json
import os
import subprocess
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipelines import doctor
from pipelines.doctor import Symptom, examine
from pipelines.state.load_record import read_records, write_record
from tests.journeys.command import environment, run_here


@pytest.fixture
def home(small_home: Path, tmp_path: Path) -> Path:
    subprocess.run(["cp", "-a", small_home, tmp_path / "home"], check=True)
    return tmp_path / "home"


def after(home: Path, hours: float = 1) -> datetime:
    """A time after the last load."""
    return next(read_records(home)).ended_at + timedelta(hours=hours)


def of(subject: str, symptoms: list[Symptom]) -> Symptom:
    """The last of a subject: the gravest comes last."""
    return [symptom for symptom in symptoms if symptom.subject == subject][-1]


def test_a_loaded_home_lacks_alerts_and_a_daemon_alone(home: Path) -> None:
    states = {symptom.subject: symptom.state for symptom in examine(home, after(home))}
    assert states == {
        "程序": "ok", "目录": "ok", "权限": "ok", "密钥": "ok", "区县资料": "ok", "运行设置": "ok", "警报": "attend",
        "加载": "ok", "已发布": "ok", "磁盘": "ok", "页面": "ok", "后台": "attend",
    }  # fmt: skip


def spoil(home: Path, name: str) -> None:
    match name:
        case "open":
            home.chmod(0o755)
        case "no key":
            (home / "keys" / "person.key").unlink()
        case "no county":
            (home / "county" / "county.toml").unlink()
        case "wrong setting":
            (home / "operating.toml").write_text("keep_versions = 0\n", "utf-8")
        case "open alerts":
            (home / "alerts.toml").write_text("urls = []\n", "utf-8")
            (home / "alerts.toml").chmod(0o644)
        case "failed":
            last = next(read_records(home))
            failed = {
                "state": "failed",
                "error": "磁盘已满",
                "ended_at": last.ended_at + timedelta(minutes=1),
            }
            write_record(home, last.model_copy(update=failed))
        case "not published":
            (home / "warehouse" / "warehouse.duckdb").unlink()
        case "no page":
            (home / "pages" / "质量.html").unlink()
        case _:
            raise ValueError(name)


@pytest.mark.parametrize(
    ("name", "subject", "text", "remedy"),
    [
        ("open", "权限", "为 0755，别人可以进入", "chmod 0700"),
        ("no key", "密钥", "不在或不全，已有的报送是用它散列的", "从备份恢复 keys/"),
        ("no county", "区县资料", "没有区县资料", "按所说的改正"),
        ("wrong setting", "运行设置", "第 1 行 keep_versions：“0”应不小于 1", "按所说的改正"),
        ("open alerts", "警报", "chmod 600", "按所说的改正"),
        ("failed", "加载", "加载失败：磁盘已满", "再执行 xiangcang load"),
        ("not published", "已发布", "没有已发布的文件", "xiangcang load"),
        ("no page", "页面", "质量.html", "xiangcang load --rebuild"),
    ],
)
def test_what_must_be_mended_is_named_with_its_remedy(
    name: str, subject: str, text: str, remedy: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for look in ("_daemon", *(["_county"] if name != "no county" else [])):  # the two that take long
        monkeypatch.setattr(doctor, look, lambda *_: iter([]))
    spoil(home, name)
    symptom = of(subject, examine(home, after(home)))
    assert symptom.state == "mend"
    assert text in symptom.text
    assert remedy in symptom.remedy


def test_a_good_load_that_is_too_long_ago_is_named(home: Path) -> None:
    assert of("加载", examine(home, after(home, hours=50))).text == "已有 50 小时没有成功的加载"


def test_a_full_disk_is_named_before_the_night(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.doctor.shutil.disk_usage", lambda _: SimpleNamespace(free=3 << 20))
    symptom = of("磁盘", examine(home, after(home)))
    assert (symptom.state, symptom.text.split("，")[0]) == ("mend", "可用 3 MB")


def test_a_library_of_another_version_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", lambda name: "1.4.0" if name == "duckdb" else version(name))
    symptom = of("程序", examine(home, after(home)))
    assert (symptom.state, symptom.text) == ("mend", "duckdb 为 1.4.0，应为 ==2.0.0")


def test_a_daemon_that_runs_is_seen(home: Path) -> None:
    from dagster._daemon.types import DaemonHeartbeat

    from pipelines.state.instance import run_history

    with run_history(home) as instance:
        instance.add_daemon_heartbeat(DaemonHeartbeat(after(home).timestamp() - 30, "SENSOR", "a", []))
    assert of("后台", examine(home, after(home))).state == "ok"
    assert of("后台", examine(home, after(home, hours=2))).text.startswith("没有运行，上次在 ")


def test_the_command_ends_with_1_and_one_object_where_something_must_be_mended(tmp_path: Path) -> None:
    ended = run_here(["doctor", "--json"], environment(tmp_path / "new"))
    answer = json.loads(ended.out)
    assert (ended.code, answer["ok"]) == (1, False)
    assert answer["checks"][-1] == {
        "subject": "目录", "state": "mend", "text": f"没有 {tmp_path}/new",
        "remedy": "设置 XIANGCANG_HOME，或执行 xiangcang county new 或 sample 新建",
    }  # fmt: skip
    assert os.listdir(tmp_path) == []
