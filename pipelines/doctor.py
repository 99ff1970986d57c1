"""What a home and its program lack, each with the remedy; nothing that is kept is changed.

Put here: one function a thing to look at. Keep out: hashes of what is kept (`xiangcang verify`).
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement

from pipelines.alerts.channels import SILENT_HOURS, read_channels
from pipelines.alerts.silence import overdue_since
from pipelines.disk_space import bytes_to_build
from pipelines.settings import check_settings
from pipelines.state.addresses import QUALITY_PAGE, pages_folder
from pipelines.state.load_record import STATES, read_records
from schemas.errors import XiangcangError
from schemas.files.operating import read_operating
from sources.county.references import read_references
from sources.home.folders import Home
from sources.home.receipts import read_receipts
from sources.home.space import megabytes
from warehouse.build.publish import current
from warehouse.database.store import Store

State = Literal["ok", "attend", "mend"]
"""All is well; worth knowing; something does not work, or will not."""

DAEMON_SILENT = timedelta(minutes=5)
"""A daemon that runs says so every half minute."""


@dataclass(frozen=True)
class Symptom:
    """What was looked at, how it is, and what to do; remedy is empty where nothing is to be done."""

    subject: str
    state: State
    text: str
    remedy: str = ""


Look = Callable[[Path, datetime], Iterator[Symptom]]


def examine(root: Path, now: datetime) -> list[Symptom]:
    """Look at everything; where a look is refused, its refusal is the symptom. A home that is not there has no more."""
    looks: dict[str, Look] = {"程序": _program, "目录": _home}
    if root.exists():
        looks |= {
            "权限": _permissions, "密钥": _key, "区县资料": _county, "运行设置": _operating, "警报": _alerts,
            "加载": _loads, "已发布": _published, "磁盘": _disk, "页面": _pages, "后台": _daemon,
        }  # fmt: skip
    symptoms: list[Symptom] = []
    for subject, look in looks.items():
        try:
            symptoms += look(root, now)
        except (XiangcangError, OSError) as error:
            symptoms.append(Symptom(subject, "mend", str(error), "按所说的改正"))
    return symptoms


def _program(_root: Path, _now: datetime) -> Iterator[Symptom]:
    python = ".".join(map(str, sys.version_info[:3]))
    wrong = []
    for requirement in map(Requirement, requires("xiangcang") or []):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            wrong.append(f"缺 {requirement}")
            continue
        if installed not in requirement.specifier:
            wrong.append(f"{requirement.name} 为 {installed}，应为 {requirement.specifier}")
    if wrong:
        yield Symptom("程序", "mend", "；".join(wrong), "按 requirements.lock 重装 .venv")
    else:
        yield Symptom("程序", "ok", f"xiangcang {version('xiangcang')}，Python {python}，程序库的版本相符")


def _home(root: Path, _now: datetime) -> Iterator[Symptom]:
    if root.exists():
        yield Symptom("目录", "ok", f"{root}（XIANGCANG_HOME）")
    else:
        yield Symptom(
            "目录", "mend", f"没有 {root}", "设置 XIANGCANG_HOME，或执行 xiangcang county new 或 sample 新建"
        )


def _permissions(root: Path, _now: datetime) -> Iterator[Symptom]:
    mode, allowed = root.stat().st_mode & 0o777, 0o710 if read_operating(root).readers else 0o700
    if not os.access(root, os.W_OK | os.X_OK):
        yield Symptom("权限", "mend", f"不能写 {root}", "以它的属主执行")
    elif mode & ~allowed:
        yield Symptom(
            "权限",
            "mend",
            f"{root} 为 {mode:04o}，别人可以进入",
            f"chmod {allowed:04o} {root}，或执行一次加载",
        )
    else:
        yield Symptom("权限", "ok", f"{mode:04o}")


def _key(root: Path, _now: datetime) -> Iterator[Symptom]:
    fault = Home(root).key_fault()
    if fault:
        yield Symptom("密钥", "mend", fault, "从备份恢复 keys/")
    else:
        has_key = (Home(root).keys / "person.key").exists()
        yield Symptom("密钥", "ok", "在，与已有的报送相符" if has_key else "第一次加载时生成")


def _county(root: Path, _now: datetime) -> Iterator[Symptom]:
    references = read_references(Home(root).county)
    check_settings(references)
    references.with_corrections(Home(root).corrections)
    yield Symptom("区县资料", "ok", f"{references.county.name}，填报单位 {len(references.reporters)} 家")


def _operating(root: Path, _now: datetime) -> Iterator[Symptom]:
    operating = read_operating(root)
    readers = f"用户组 {operating.readers} 可读已发布的文件" if operating.readers else "只有属主可读"
    yield Symptom("运行设置", "ok", f"{readers}；保留最近 {operating.keep_versions} 个版本")


def _alerts(root: Path, _now: datetime) -> Iterator[Symptom]:
    channels = read_channels(root)
    if channels is None:
        yield Symptom(
            "警报",
            "attend",
            "没有 alerts.toml，加载失败时没有人收到消息",
            "写一份，见 docs/operate.zh-CN.md 的“警报”",
        )
    else:
        yield Symptom("警报", "ok", f"发往 {len(channels.urls)} 处")


def _loads(root: Path, now: datetime) -> Iterator[Symptom]:
    last = next(read_records(root), None)
    if last is None:
        yield Symptom("加载", "attend", "还没有加载过", "xiangcang load")
        return
    text = f"{last.ended_at:%Y-%m-%d %H:%M} {STATES[last.state]}"
    if last.error:
        yield Symptom("加载", "mend", f"{text}：{last.error}", "按所说的改正，再执行 xiangcang load")
    else:
        yield Symptom("加载", "ok", text)
    channels = read_channels(root)
    if silence := overdue_since(root, now, channels.silent_hours if channels else SILENT_HOURS):
        hours = (now - silence.since).total_seconds() / 3600
        yield Symptom(
            "加载", "mend", f"已有 {hours:.0f} 小时没有成功的加载", "看后台或 xiangcang-load.timer 是否在运行"
        )


def _published(root: Path, _now: datetime) -> Iterator[Symptom]:
    manifest = current(Store(root))
    if manifest:
        yield Symptom("已发布", "ok", f"版本 {manifest.version}，{manifest.built_at:%Y-%m-%d %H:%M}")
    elif next(read_records(root), None):
        yield Symptom("已发布", "mend", "没有已发布的文件", "xiangcang load；以前发布过的，由它重建")


def _disk(root: Path, _now: datetime) -> Iterator[Symptom]:
    free_bytes = shutil.disk_usage(root).free
    needed_bytes = bytes_to_build(Store(root), read_receipts(Home(root)))
    text = f"可用 {megabytes(free_bytes)}，重建一次估计需要 {megabytes(needed_bytes)}"
    if free_bytes < needed_bytes:
        yield Symptom("磁盘", "mend", text, "腾出空间，或换到更大的磁盘")
    else:
        yield Symptom("磁盘", "ok", text)


def _pages(root: Path, _now: datetime) -> Iterator[Symptom]:
    last, page = next(read_records(root), None), pages_folder(root) / QUALITY_PAGE
    if last and last.page_error:
        yield Symptom("页面", "mend", f"质量页没有写出：{last.page_error}", "xiangcang load，仍不行请报告")
    elif last and not page.exists():
        yield Symptom("页面", "mend", f"没有 {page}", "xiangcang load --rebuild")
    elif last:
        yield Symptom("页面", "ok", f"{len(list(page.parent.glob('*.html')))} 页，在 {page.parent}")


def _daemon(root: Path, now: datetime) -> Iterator[Symptom]:
    """Ask Dagster's history, where there is one, when schedule and sensors were last looked at."""
    seen = []
    if (root / "dagster" / "dagster.yaml").exists():
        from pipelines.state.instance import run_history

        with run_history(root) as instance:
            beats = instance.get_daemon_heartbeats()
        seen = [datetime.fromtimestamp(beat.timestamp, now.tzinfo) for beat in beats.values()]
    if seen and now - max(seen) < DAEMON_SILENT:
        yield Symptom("后台", "ok", "在运行：每夜加载，随到随收")
    else:
        last = f"，上次在 {max(seen):%Y-%m-%d %H:%M}" if seen else ""
        yield Symptom(
            "后台",
            "attend",
            f"没有运行{last}",
            "启动 xiangcang.service（xiangcang ui）；只用 xiangcang-load.timer 的不必",
        )
