"""Who may read the published file: its owner, and the group that the operator names; everything else is the owner's alone."""

import grp
import os
from pathlib import Path

from schemas.errors import XiangcangError
from schemas.files.operating import read_operating
from warehouse.database.store import Store

_FOR_OTHERS = 0o077


class ReadersRefused(XiangcangError):
    """A group that files cannot be given to; the message says why and what to do."""


def admit_readers(store: Store) -> None:
    """Open the published file and the way to it to the readers of a home, if it has any, and close all that lies beside.

    Without any, the home is closed as a whole. Raises SettingsRefused, ReadersRefused.
    """
    warehouse, readers = store.current.parent, read_operating(store.root).readers
    if readers:
        for path in (*store.root.iterdir(), *warehouse.iterdir()):
            if path not in (warehouse, store.current) and not path.is_symlink():
                path.chmod(path.stat().st_mode & ~_FOR_OTHERS)
        _open(store.root, 0o710, readers)
        _open(warehouse, 0o750, readers)
    if store.current.exists():
        admit_to_file(store, store.current)


def admit_to_file(store: Store, file: Path) -> None:
    """Open one version's file, which is never written again. Raises SettingsRefused, ReadersRefused."""
    readers = read_operating(store.root).readers
    _open(file, 0o440 if readers else 0o400, readers)


def _open(path: Path, mode: int, readers: str | None) -> None:
    if readers and path.stat().st_gid != (group := grp.getgrnam(readers).gr_gid):
        try:
            os.chown(path, -1, group)
        except PermissionError as error:
            raise ReadersRefused(
                f"不能把 {path} 交给用户组 {readers}：运行乡仓的用户不在这个组里；"
                f"请执行 usermod -aG {readers} <用户> 并重启服务，或去掉 operating.toml 中的 readers"
            ) from error
    path.chmod(mode)
