"""`xiangcang`: the command line. Exit codes: 0 done, 1 failed or blocked, 2 usage, 3 another load is running,
130 interrupted.

Each command imports what it needs when it runs, so that a query does not wait for Dagster.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from pipelines.instance import home_root
from pipelines.lock import COMMAND_WAIT_SECONDS, Locked, hold

FAILED, LOCKED, INTERRUPTED = 1, 3, 130


class Refused(Exception):
    """A command cannot be done; the message says why and what to do."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.command
    try:
        return command(arguments)
    except Locked as error:
        return _say(error, LOCKED)
    except Refused as error:
        return _say(error, FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED


def _say(error: Exception, code: int) -> int:
    print(f"xiangcang: {error}", file=sys.stderr)
    return code


def _sample(arguments: argparse.Namespace) -> int:
    import json
    from decimal import Decimal

    from rich.console import Console

    from sources.sample import HomeInUse, Targets, write_sample

    try:
        said = (
            json.loads(arguments.targets.read_text("utf-8"), parse_float=Decimal) if arguments.targets else {}
        )
        targets = Targets(**said)
        with Console(stderr=True).status("生成示例报送") as status:
            manifest = write_sample(
                arguments.folder, seed=arguments.seed, targets=targets, on_file=status.update
            )
    except (HomeInUse, OSError, TypeError, ValueError) as error:
        raise Refused(f"示例没有生成：{error}") from error
    print(f"合成示例数据：{len(manifest.deliveries)} 份报送写入 {arguments.folder}/inbox")
    print(f"接着执行：XIANGCANG_HOME={arguments.folder} xiangcang load")
    return 0


def _load(arguments: argparse.Namespace) -> int:
    from pipelines.answers import to_json
    from pipelines.terminal import show_outcome, show_progress
    from schemas.validate import ValidationDisarmed
    from sources.contract import ContractError
    from warehouse.store import Store

    show_progress()
    try:
        from pipelines.load import load  # reads the contracts

        outcome = load(home_root(), settle_seconds=arguments.settle)
    except (ContractError, ValidationDisarmed) as error:
        raise Refused(str(error)) from error
    if arguments.json:
        print(to_json(asdict(outcome)))
    else:
        show_outcome(outcome, Store(home_root()).current)
    return _say(Refused(outcome.error), FAILED) if outcome.error else 0


def _ui(arguments: argparse.Namespace) -> int:
    from pipelines.ui import serve

    return serve(home_root(), port=arguments.port, read_only=arguments.read_only)


def _sql(arguments: argparse.Namespace) -> int:
    import duckdb

    from pipelines.answers import rows_json
    from pipelines.terminal import show_rows
    from warehouse.query import NothingPublished, query
    from warehouse.store import Store

    try:
        rows = query(Store(home_root()), arguments.query)
    except (NothingPublished, duckdb.Error) as error:
        raise Refused(str(error)) from error
    if arguments.json:
        print(rows_json(rows))
    elif arguments.csv:
        print(rows.write_csv(), end="")
    else:
        show_rows(rows)
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from schemas.validate import ValidationDisarmed, assert_armed
    from sources.check import check_file
    from sources.contract import ContractError
    from sources.intake import SHANGHAI
    from sources.references import read_references
    from sources.worker import Reader

    if not arguments.file.is_file():
        raise Refused(f"没有文件 {arguments.file}")
    try:
        assert_armed()
        with Reader() as reader:
            checked = check_file(
                arguments.file,
                reader,
                read_references(),
                reporter_code=arguments.reporter,
                now=lambda: datetime.now(SHANGHAI),
            )
    except (ContractError, LookupError, OSError, ValidationDisarmed) as error:
        raise Refused(str(error)) from error
    for delivery in checked:
        print(delivery.words.replace("\r\n", "\n"))
    return FAILED if any(delivery.receipt.outcome == "rejected" for delivery in checked) else 0


def _versions(arguments: argparse.Namespace) -> int:
    from pipelines.terminal import show_versions
    from warehouse.publish import current, versions
    from warehouse.store import Store

    store = Store(home_root())
    show_versions(versions(store), current(store))
    return 0


def _rollback(arguments: argparse.Namespace) -> int:
    from sources.intake import SHANGHAI
    from warehouse.publish import UnknownVersion, rollback
    from warehouse.store import Store

    try:
        with hold(home_root(), None, wait_seconds=COMMAND_WAIT_SECONDS):
            manifest = rollback(Store(home_root()), arguments.version, now=datetime.now(SHANGHAI))
    except FileNotFoundError as error:
        raise Refused(f"{home_root()} 中还没有发布过数据") from error
    except UnknownVersion as error:
        raise Refused(str(error)) from error
    print(
        f"已退回版本 {manifest.version}（截止 {manifest.cut_off:%Y-%m-%d %H:%M}）；有新的报送之前不会重新发布"
    )
    return 0


def _dictionary(arguments: argparse.Namespace) -> int:
    from pipelines.commands.dictionary import dictionary
    from sources.contract import ContractError

    try:
        return dictionary(arguments)
    except (ContractError, OSError) as error:
        raise Refused(f"数据字典没有写出：{error}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="xiangcang",
        description="乡仓：从乡镇报表和银行贷款记录到可查询的仓库。数据在 XIANGCANG_HOME（默认 ./data）",
    )
    commands = parser.add_subparsers(required=True, metavar="命令")

    def add(name: str, command: Callable[[argparse.Namespace], int], help_: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=help_)
        added.set_defaults(command=command)
        return added

    sample = add("sample", _sample, "写出示例区的报送文件（合成数据）")
    sample.add_argument("folder", type=Path, metavar="DIR", help="写入的文件夹，用作 XIANGCANG_HOME")
    sample.add_argument("--seed", type=int, default=2022, help="随机种子，默认 2022")
    sample.add_argument("--targets", type=Path, metavar="FILE.json", help="各指标应得出的数")

    load = add("load", _load, "现在加载：收件、建库、检查、发布")
    load.add_argument("--json", action="store_true", help="结果为一个 JSON 对象，进度写到标准错误")
    load.add_argument("--settle", type=float, default=2.0, metavar="SECONDS", help="文件须静止的秒数，默认 2")

    ui = add("ui", _ui, "Dagster 界面与后台")
    ui.add_argument("--port", type=int, default=3000, help="端口，默认 3000")
    ui.add_argument("--read-only", action="store_true", help="只看：不能启动运行，也不运行后台")

    sql = add("sql", _sql, "查询已发布的仓库，只读")
    sql.add_argument("query", metavar="SQL")
    form = sql.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="JSON 数组，一行一个对象")
    form.add_argument("--csv", action="store_true", help="CSV")

    check = add("check", _check, "试读一个文件，逐单元格说明会怎样；退回则返回 1")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--reporter", metavar="CODE", help="填报单位代码；默认取文件所在文件夹")

    add("versions", _versions, "已发布的版本")

    rollback = add("rollback", _rollback, "退回到以前的版本")
    rollback.add_argument("version", metavar="V")

    dictionary = add("dictionary", _dictionary, "写出数据字典：每张表、每一列，Markdown 与 HTML")
    dictionary.add_argument("folder", type=Path, metavar="DIR", help="写入的文件夹，没有则新建")
    return parser


if __name__ == "__main__":
    sys.exit(main())
