"""Backups of what nothing else gives: copied while a load may run, held against its hashes, and put into an empty home.

Put here: which folders they are, and in which order they are copied. Keep out: what a load makes of them again.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from schemas.errors import XiangcangError
from sources.home.archive import read_arrival
from sources.home.folders import Home
from sources.home.receipts import Receipt, newest, read_every_revision, read_receipt_file, read_receipts
from sources.home.removal import read_removal, read_removals
from sources.home.soundness import has_digest, unreadable
from sources.home.space import bytes_in, require_space

KEPT = (
    "keys", "county", "corrections", "decisions", "history", "receipts", "archive", "alerts.toml", "operating.toml",
    "synthetic.json", "expected",
)  # fmt: skip
"""In this order: a delivery that lands meanwhile is in the archive, and has no receipt yet."""

_ROWS = ("staging", "rejected")
"""Of these, the rows of removed files alone: all else is read from the archive."""

_UNFINISHED = shutil.ignore_patterns("*.part", "*.pending", "damaged")


class BackupRefused(XiangcangError):
    """A backup that cannot be made, or not be put where it is to be; the message says why."""


def back_up(home: Home, folder: Path) -> list[str]:
    """Copy what is kept into a new folder, whole or not at all; return what is wrong with it, in Chinese.

    Raises BackupRefused where the folder is there already, or the home holds nothing, TooLittleSpace.
    """
    if folder.exists():
        raise BackupRefused(f"{folder} 已存在；请另写一个新的文件夹")
    if not home.receipts.exists():
        raise BackupRefused(f"{home.root} 里没有可备份的内容")
    require_space(folder, "备份", bytes_in(home.root / name for name in KEPT))
    aside = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True, mode=0o700)
    for name in KEPT:
        _copy(home.root / name, aside / name)
    for part in _rows_of_removed(home):
        (aside / part).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(home.root / part, aside / part)
    aside.rename(folder)
    return list(faults(Home(folder)))


def restore(folder: Path, home: Home) -> list[str]:
    """Put a backup into an empty home; return what is wrong with it, in Chinese.

    Raises BackupRefused where the home is in use, or the folder is no backup, TooLittleSpace.
    """
    if home.root.exists() and any(home.root.iterdir()):
        raise BackupRefused(f"{home.root} 不是空的；请恢复到新的文件夹，或先移走其中的内容")
    if not (folder / "receipts").exists():
        raise BackupRefused(f"{folder} 不是备份：里面没有 receipts/")
    require_space(home.root, "恢复", bytes_in(folder / name for name in KEPT))
    home.root.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in (*KEPT, *_ROWS):
        _copy(folder / name, home.root / name)
    home.prepare()
    return list(faults(home))


def _rows_of_removed(home: Home) -> set[str]:
    """Name the files of rows that nothing can be read from again, as what they were read from was removed."""
    removed = {removal.sha256 for removal in read_removals(home)}
    damaged = {path for path, _ in unreadable(home.receipts, read_receipt_file)} if removed else set()
    paths = sorted(path for path in home.receipts.glob("*.json") if removed and path not in damaged)
    receipts = [receipt for receipt in map(read_receipt_file, paths) if receipt.file.sha256 in removed]
    return {part.path for receipt in newest(receipts) for part in receipt.data_files}


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=_UNFINISHED)
    elif source.exists():
        shutil.copy2(source, target)


def unread(home: Home) -> list[str]:
    """Name, in Chinese, the arrivals without all their receipts: one that is lost, or a load that was killed before it.

    No fault of a backup that was made while files arrived.
    """
    if any(unreadable(home.receipts, read_receipt_file)):
        return []
    receipted = {receipt.arrival_id for receipt in read_receipts(home)}
    arrived = {path.stem for path in home.arrivals.glob("*.json")}
    return [
        f"到达记录 {alone}.json 没有完整的回执；下次加载由归档重读" for alone in sorted(arrived - receipted)
    ]


def lost_receipts(home: Home) -> list[str]:
    """List the receipts that are not there although others of their file or later ones of their delivery are.

    A load that was killed leaves some behind; those that were set aside as damaged are not lost.
    """
    if any(unreadable(home.receipts, read_receipt_file)):
        return []
    known: dict[str, dict[int, list[Receipt]]] = {}
    for receipt in read_every_revision(home):
        known.setdefault(receipt.arrival_id, {}).setdefault(receipt.revision, []).append(receipt)
    expected = {
        f"{arrived.delivery_id.rpartition('-')[0]}-{number}.r{revision}.json"
        for revisions in known.values()
        for revision in range(1, max(revisions) + 1)
        for arrived in revisions.get(revision, revisions[max(revisions)])[:1]
        for number in range(1, arrived.deliveries_in_file + 1)
    }
    there = {path.name for folder in ("", "damaged") for path in (home.receipts / folder).glob("*.json")}
    return sorted(expected - there)


def faults(home: Home) -> Iterator[str]:
    """Say, in Chinese, what of archive, arrivals, receipts and staged rows is missing or not what was written."""
    for path, _ in unreadable(home.arrivals, read_arrival):
        yield f"到达记录 {path.name} 损坏；下次加载按回执重写"
    if damaged := list(unreadable(home.receipts, read_receipt_file)):
        yield from (f"回执 {path.name} 损坏；下次加载移开它，由归档重读" for path, _ in damaged)
        return  # the others cannot be read past it
    receipts = read_every_revision(home)
    receipted = {receipt.arrival_id for receipt in receipts if receipt.file.sha256}
    arrived = {path.stem for path in home.arrivals.glob("*.json")}
    yield from (f"到达记录 {lost}.json 不在；下次加载按回执重写" for lost in sorted(receipted - arrived))
    for path, _ in unreadable(home.removed, read_removal):
        yield f"移除记录 {path.name} 损坏，不知何时由谁移除；请从备份恢复"
    removed = {removal.sha256 for removal in read_removals(home)}
    named = {receipt.file.sha256: receipt.file for receipt in receipts if receipt.file.sha256}
    for digest, facts in sorted(named.items()):
        if digest not in removed and not has_digest(home.archive / digest, digest):
            yield f"归档文件 {digest}（{facts.folder}/{facts.name}）不在，或与收到时不同；请从备份恢复"
    for path in sorted(home.lists.glob("*")):
        if not has_digest(path, path.name):
            yield f"名录 {path.name} 与存入时不同；请从备份恢复"
    if not home.staging.exists():
        return
    only_rows = _rows_of_removed(home)
    for part in [part for receipt in newest(receipts) for part in receipt.data_files]:
        path = home.root / part.path
        if has_digest(path, part.sha256):
            continue
        if part.path in only_rows:
            yield f"暂存文件 {part.path} 不在，或与回执不符，而原件已按保留期移除；请从备份恢复"
        elif path.exists():
            yield f"暂存文件 {part.path} 与回执不符；下次加载由归档重读"
