"""What the last good load read and left, by hash: whether anything has changed since.

Put here: what is hashed, and the file of it, `last_good.json`; without that file the next load runs. Keep out: what else
keeps a night from being quiet, see `pipelines.quiet_night`. Imported before Dagster and polars are: it must not need them.
"""

import logging
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path

from pipelines.state.addresses import pages_folder
from pipelines.state.load_record import LoadRecord
from schemas.files.operating import OPERATING
from schemas.files.sealed import read_sealed, seal
from schemas.files.strict import Strict
from sources.home.folders import Home, write_whole
from warehouse.database.store import Store

_PARTS = {
    "program": "程序",
    "county": "区县资料",
    "environment": "Python、程序库或环境变量",
    "corrections": "更正",
    "decisions": "决定",
    "keys": "密钥或示例标记",
    "operating": "运行设置",
    "archive": "归档记录",
    "receipts": "回执",
    "staging": "暂存文件",
    "rejected": "退回行文件",
    "history": "版本记录",
}
"""What is hashed, in words."""

_NAMED_FILES = 3
"""Of a county's folder that has changed: the others are counted."""

_log = logging.getLogger("xiangcang")
_PACKAGES = ("schemas", "sources", "warehouse", "pipelines")
_SETTINGS = ("XIANGCANG_ENGINE", "PANDERA_VALIDATION_ENABLED", "PANDERA_VALIDATION_DEPTH")
"""Variables of the environment that change what a load does or writes."""


class TookTooLong(Exception):
    """Hashing that did not end by its deadline."""


class LastGood(Strict):
    """The last load that ended well: its record, and what lies on disk since.

    given, kept: SHA-256 of what a load is given and of what it keeps, by part; of the county's folder, by file. left: size
    in bytes, mtime in ns and inode of what it published, by path under the home. holds_until: the first day whose date
    alone changes a result; None where no day does.
    """

    record: LoadRecord
    given: dict[str, str]
    kept: dict[str, str]
    left: dict[str, tuple[int, int, int]]
    holds_until: date | None


def read_last_good(root: Path) -> LastGood | None:
    """Read what the last good load left; None where that is not known, or the file is damaged."""
    path = _file(root)
    try:
        return LastGood.model_validate_json(read_sealed(path)) if path.exists() else None
    except ValueError:
        _log.error("%s 损坏，不用它", path)
        return None


def keep_last_good(
    root: Path, record: LoadRecord, *, given: Mapping[str, str], holds_until: date | None
) -> None:
    """Keep what a good load leaves, at its end, under its lock.

    given: as hashed when it began; what was changed by hand since, it may not have seen: then nothing is kept.
    """
    if hash_given(root) != given:
        _file(root).unlink(missing_ok=True)
        return
    last_good = LastGood(
        record=record,
        given=dict(given),
        kept=hash_kept(root, record.version),
        left=stat_left(root, record.version),
        holds_until=holds_until,
    )
    write_whole(_file(root), seal(last_good.model_dump_json(indent=1).encode()))


def name_changed(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Name the parts whose hashes are others than before, of the county its files; empty where none is."""
    changed: dict[str, list[str]] = {part: [] for part in _PARTS}
    for name in sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name)):
        part, _, file = name.partition("/")
        changed.setdefault(part, []).append(file)
    return "、".join(_PARTS.get(part, part) + _listed(files) for part, files in changed.items() if files)


def _listed(files: Sequence[str]) -> str:
    named = [file for file in files if file]
    more = f" 等 {len(named)} 个文件" if len(named) > _NAMED_FILES else ""
    return f"（{'、'.join(named[:_NAMED_FILES])}{more}）" if named else ""


def take_down_given(root: Path) -> dict[str, str]:
    """Hash what a load is given, and log what of it is another than the last good load was given."""
    given, last = hash_given(root), read_last_good(root)
    if last and (changed := name_changed(last.given, given)):
        _log.info(f"自上一次成功的加载以来有改动：{changed}")
    return given


def hash_given(root: Path, deadline: float | None = None) -> dict[str, str]:
    """Hash what a load is given, by part: program, and what people write in the home; the county's folder by file.

    deadline: of `time.monotonic`. Raises TookTooLong.
    """
    home, program = Home(root), Path(__file__).parents[2]
    given = {
        "program": [program / package for package in _PACKAGES],
        "corrections": [home.corrections],
        "decisions": [home.decisions],
        "keys": [home.keys, root / "synthetic.json"],
        "operating": [root / OPERATING],
    }
    hashes = {
        part: _hash_files(paths, program if part == "program" else root, deadline)
        for part, paths in given.items()
    }
    of_county = {
        f"county/{path.relative_to(home.county).as_posix()}": _hash_files([path], root, deadline)
        for path in _files_in([home.county])
    }
    return hashes | of_county | {"environment": _hash_texts(_environment())}


def hash_kept(root: Path, version: str | None, deadline: float | None = None) -> dict[str, str]:
    """Hash what loads keep, by part: arrivals and lists, receipts, rows as Parquet, the record of a version. Raises TookTooLong.

    Every byte is read: size and mtime alone would not show a damaged disk. 0.6 CPU s a GB.
    """
    home = Home(root)
    kept = {
        "archive": [home.arrivals, home.lists],
        "receipts": [home.receipts],
        "staging": [home.staging],
        "rejected": [home.rejected],
        "history": [Store(root).record(version)] if version else [],
    }
    return {part: _hash_files(paths, root, deadline) for part, paths in kept.items()}


def stat_left(root: Path, version: str | None) -> dict[str, tuple[int, int, int]]:
    """Take down size, mtime and inode of the published file, of its version's, and of the pages.

    They are too large to be hashed each night; DuckDB has checksums of its own in each block.
    """
    store = Store(root)
    files = [store.current, *([store.file(version)] if version else []), *_files_in([pages_folder(root)])]
    return {
        path.relative_to(root).as_posix(): (stat.st_size, stat.st_mtime_ns, stat.st_ino)
        for path in files
        if path.exists() and (stat := path.stat())
    }


def _environment() -> Iterator[str]:
    """Yield Python, the libraries by name and version as pip has installed them, and settings."""
    yield sys.version
    folders = [folder for folder in sys.path if os.path.isdir(folder)]
    yield from sorted(
        {name for folder in folders for name in os.listdir(folder) if name.endswith(".dist-info")}
    )
    for name in _SETTINGS:
        yield f"{name}={os.environ.get(name)}"


def _hash_texts(texts: Iterable[str]) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()


def _hash_files(paths: Iterable[Path], root: Path, deadline: float | None) -> str:
    """Hash the files of folders by name and content."""
    digest = sha256()
    for path in _files_in(paths):
        if deadline is not None and time.monotonic() > deadline:
            raise TookTooLong(str(path))
        with path.open("rb") as file:
            digest.update(os.fsencode(path.relative_to(root)) + b"\0" + file_digest(file, "sha256").digest())
    return digest.hexdigest()


def _files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files in folders and below, sorted; a path may be a file itself, or not be there."""
    for path in paths:
        if path.is_file():
            yield path
        for folder, below, names in os.walk(path):
            below[:] = sorted(set(below) - {"__pycache__"})
            yield from (Path(folder, name) for name in sorted(names))


def _file(root: Path) -> Path:
    return root / "last_good.json"
