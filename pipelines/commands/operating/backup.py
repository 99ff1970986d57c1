"""`xiangcang backup`, `restore` and `verify`: what cannot be made again, copied, put back, and held against its hashes."""

import argparse
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.state.load_record import damaged_load_records, lost_load_records
from sources.holding.decisions import damaged_decisions
from sources.home.backup import back_up, faults, lost_receipts, restore, unread
from sources.home.folders import Home
from sources.home.removal import Removal, read_removals
from warehouse.build.publish import is_whole
from warehouse.build.records import damaged_records, is_as_published, recorded_versions
from warehouse.build.retention import lost_versions
from warehouse.database.query import query
from warehouse.database.store import Store

_LISTS = "select list_sha256 from dim_division where list_sha256 is not null group by list_sha256"


def run(arguments: argparse.Namespace) -> int:
    """Do it, and name what is damaged or missing; 1 where anything is."""
    home = Home(home_root())
    match arguments.command:
        case "backup":
            wrong = back_up(home, arguments.folder)
            done = f"备份写入 {arguments.folder}"
        case "restore":
            wrong = restore(arguments.folder, home)
            done = f"{arguments.folder} 恢复到 {home.root}；接着执行 xiangcang load，由归档重读并发布"
        case _:
            for gone in _gone(home):
                print(gone)
            wrong = [
                *_wrong_key(home),
                *faults(home),
                *unread(home),
                *damaged_decisions(home),
                *_wrong_records(home.root),
                *_wrong_versions(Store(home.root)),
                *_wrong_published(home, Store(home.root)),
            ]
            done = f"{home.root}：归档、回执、暂存、决定、各种记录和已发布的文件都与写入时相同"
    for fault in wrong:
        print(fault)
    if wrong:
        raise Refused(f"有 {len(wrong)} 处损坏或缺失，见上", is_answered=True)
    print(done)
    return 0


def _gone(home: Home) -> Iterator[str]:
    """Name what is not there any more and changes no figure, so that it is no fault."""
    for (day, by, why), files in groupby(read_removals(home), _removed):
        yield f"{day} 按保留期移除的原件 {len(list(files))} 份（{by}：{why}），不算缺失"
    for name in lost_receipts(home):
        yield f"回执 {name} 不在（或加载中断，没有写成），现行的数不由它；备份中有的可以恢复"
    for name in lost_load_records(home.root):
        yield f"加载记录 {name} 不在；备份中有的可以恢复"
    if lost := lost_versions(Store(home.root)):
        yield f"旧版本 {'、'.join(lost)} 的文件不在，也没有移除的记录，不能再退回去"


def _wrong_key(home: Home) -> Iterator[str]:
    if fault := home.key_fault():
        yield f"{fault}；请从备份恢复 keys/"


def _removed(removal: Removal) -> tuple[str, str, str]:
    return f"{removal.removed_at:%Y-%m-%d}", removal.by, removal.why


def _wrong_records(root: Path) -> Iterator[str]:
    for path in damaged_load_records(root):
        yield f"加载记录 {path.name} 与写入时不同，不再计入；请从备份恢复，或移走它"


def _wrong_versions(store: Store) -> Iterator[str]:
    """Name the records of versions that cannot be read, and the files of old ones that are not what was published."""
    for folder in damaged_records(store):
        yield f"版本 {folder.name} 的记录损坏；下次加载由该版本的文件重写，没有文件的移开"
    for file in sorted(store.versions.glob("v*.duckdb")):
        is_current = store.current.exists() and file.samefile(store.current)
        if not is_current and not is_as_published(store, file.stem, file):
            yield f"旧版本 {file.name} 损坏，不是发布时的内容，不能再退回到它；请从备份恢复，或移走它"


def _wrong_published(home: Home, store: Store) -> Iterator[str]:
    """Name the published file where it is gone or not what was published, else the lists that are gone of its divisions."""
    if not is_whole(store):
        yield f"已发布的文件 {store.current.name} 损坏，不是发布时的内容；下次加载全部重建"
    elif store.current.exists():
        for (name,) in query(store, _LISTS).rows():
            if not (home.lists / name).exists():
                yield f"名录 {name} 不在；下次加载由区县资料重存，区县资料已另改的请从备份恢复"
    elif recorded_versions(store):
        yield f"已发布的文件 {store.current.name} 不在；下次加载重建"
