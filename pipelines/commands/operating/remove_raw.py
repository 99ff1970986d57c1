"""`xiangcang remove-raw`: files with persons in them whose time is over leave the archive, each written down."""

import argparse
from datetime import datetime, timedelta

from pipelines.commands import Refused
from pipelines.state.instance import home_root
from pipelines.state.lock import COMMAND_WAIT_SECONDS, hold
from sources.county.references import read_references
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.removal import remove_raw_files


def run(arguments: argparse.Namespace) -> int:
    """Remove them and name them; refused where the days are none, or who and why are not given."""
    if arguments.days < 1 or not arguments.by.strip() or not arguments.why.strip():
        raise Refused("--days 应为 1 以上的天数，--by 与 --why 不能为空")
    home, now = Home(home_root()), datetime.now(SHANGHAI)
    personal = read_references(home.county).catalogue.personal_tables
    with hold(home.root, None, wait_seconds=COMMAND_WAIT_SECONDS):
        removals = remove_raw_files(
            home, personal, before=now - timedelta(days=arguments.days), now=now, by=arguments.by, why=arguments.why
        )  # fmt: skip
    for removal in removals:
        print(f"{removal.received_at:%Y-%m-%d} {'、'.join(removal.names)} {removal.sha256}")
    print(f"移除了 {len(removals)} 份原件，记在 {home.removed}；暂存的行、回执和版本照旧，备份里的请另行处理")
    return 0
