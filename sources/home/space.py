"""Room on the disk: what a step is going to write, and its refusal where less is free.

Put here: the look before a step, and what sizes are added up. Keep out: a disk that fills up all the same, see `schemas.errors`.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from schemas.errors import XiangcangError


class TooLittleSpace(XiangcangError):
    """A disk that has less free than a step is going to write; the message names folder, both figures and the remedy."""


def require_space(folder: Path, step: str, needed_bytes: int) -> None:
    """See that the disk of a folder, which may still have to be made, has room for a step. Raises TooLittleSpace."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free_bytes = shutil.disk_usage(there).free
    if free_bytes < needed_bytes:
        raise TooLittleSpace(
            f"{step}：{folder} 所在的磁盘可用 {megabytes(free_bytes)}，估计需要 {megabytes(needed_bytes)}；"
            "这一步没有开始，已发布的版本照旧。请腾出空间或换到更大的磁盘，再运行一次"
        )


def bytes_in(paths: Iterable[Path]) -> int:
    """Add up the sizes of files, and of those in folders and below; what is not there counts nothing."""
    total = 0
    for path in paths:
        if path.is_file():
            total += path.stat().st_size
        for folder, _, names in os.walk(path):
            total += sum(Path(folder, name).lstat().st_size for name in names)
    return total


def megabytes(size_bytes: int) -> str:
    """Write a size as people read it, rounded up for what is needed and what is free alike."""
    return f"{-(-size_bytes // (1 << 20)):,} MB"
