"""`xiangcang backup`, `restore` and `verify`: what cannot be made again, copied, put back, and held against its hashes."""

import argparse
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.state.load_record import damaged_load_records
from sources.holding.decisions import damaged_decisions
from sources.home.backup import back_up, faults, restore, unread
from sources.home.folders import Home
from sources.home.removal import Removal, read_removals
from warehouse.build.records import damaged_records, recorded_versions
from warehouse.build.steps import verify_file
from warehouse.database.store import Store


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
            for (day, by, why), files in groupby(read_removals(home), _removed):
                print(f"{day} 按保留期移除的原件 {len(list(files))} 份（{by}：{why}），不算缺失")
            wrong = [
                *faults(home),
                *unread(home),
                *damaged_decisions(home),
                *_wrong_records(home.root),
            ]
            wrong += _wrong_versions(Store(home.root))
            done = f"{home.root}：归档、回执、暂存、决定、各种记录和已发布的文件都与写入时相同"
    for fault in wrong:
        print(fault)
    if wrong:
        raise Refused(f"有 {len(wrong)} 处损坏或缺失，见上", is_answered=True)
    print(done)
    return 0


def _removed(removal: Removal) -> tuple[str, str, str]:
    return f"{removal.removed_at:%Y-%m-%d}", removal.by, removal.why


def _wrong_records(root: Path) -> Iterator[str]:
    for path in damaged_load_records(root):
        yield f"加载记录 {path.name} 与写入时不同，不再计入；请从备份恢复，或移走它"


def _wrong_versions(store: Store) -> Iterator[str]:
    """Name the records of versions that cannot be read, and the tables of the published file that are not what was built."""
    for folder in damaged_records(store):
        yield f"版本 {folder.name} 的记录损坏；下次加载由该版本的文件重写，没有文件的移开"
    if store.current.exists():
        for name in verify_file(store.current):
            yield f"已发布的文件 {store.current.name} 中 {name} 不是建成时的内容；请执行 xiangcang load --rebuild"
    for file in sorted(store.versions.glob("v*.duckdb")):
        if not (store.current.exists() and file.samefile(store.current)):
            for name in verify_file(file):
                yield f"旧版本 {file.name} 中 {name} 不是建成时的内容，不能再退回到它；请从备份恢复，或移走它"
    if not store.current.exists() and recorded_versions(store):
        yield f"已发布的文件 {store.current.name} 不在；下次加载重建"
