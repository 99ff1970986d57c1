"""`xiangcang`: the command line.

Exit codes: 0 done, 1 failed or blocked, 2 usage, 3 another load is running, 130 interrupted.

A command's module is imported when it is called, so that a query does not wait for Dagster.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from pipelines.state.lock import Locked
from schemas.errors import XiangcangError, describe

FAILED, LOCKED, INTERRUPTED = 1, 3, 130


_MODULES = {
    "county": ("county", "draft", "form", "sample", "templates"),
    "operating": ("doctor", "load", "overdue", "ui"),
    "published": ("bulletin", "dictionary", "export", "sql", "trace", "versions"),
    "receiving": ("check",),
}
"""By room, the modules that are called as their command is."""

_COMMANDS = (
    {name: f"{room}.{name}" for room, names in _MODULES.items() for name in names}
    | dict.fromkeys(("confirm", "withdraw", "accept-totals", "settle", "reopen"), "receiving.decision")
    | {"confirm-finding": "receiving.decision"}
    | dict.fromkeys(("diff", "rollback"), "published.versions")
    | dict.fromkeys(("backup", "restore", "verify"), "operating.backup")
    | {"remove-raw": "operating.remove_raw"}
)
"""The module of each command, below pipelines.commands."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = parser().parse_args(argv)
    try:
        command = import_module(f"pipelines.commands.{_COMMANDS[arguments.command]}")
        return int(command.run(arguments))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # what reads the output, as head, has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except (XiangcangError, OSError) as error:
        return _refuse(arguments, error)


def _refuse(arguments: argparse.Namespace, error: XiangcangError | OSError) -> int:
    """Say why a command ends without what was asked for, as an object where JSON was; give its exit code."""
    message = describe(error) if isinstance(error, OSError) else str(error)
    print(f"xiangcang: {message}", file=sys.stderr)
    if getattr(arguments, "json", False) and not getattr(error, "is_answered", False):
        print(json.dumps({"error": message}, ensure_ascii=False))
    return LOCKED if isinstance(error, Locked) else FAILED


def parser() -> argparse.ArgumentParser:
    """Describe what may be typed."""
    parser = argparse.ArgumentParser(
        prog="xiangcang",
        description="乡仓：从乡镇报表和银行贷款记录到可查询的仓库。数据在 XIANGCANG_HOME（默认 ./data）",
    )
    parser.add_argument(
        "--version", action="version", version=f"xiangcang {version('xiangcang')}", help="显示程序的版本"
    )
    commands = parser.add_subparsers(required=True, metavar="命令", dest="command")

    def add(name: str, help_: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=help_, description=help_)

    sample = add("sample", "写出示例区的报送文件（合成数据）")
    sample.add_argument("folder", type=Path, metavar="DIR", help="写入的文件夹，用作 XIANGCANG_HOME")
    sample.add_argument("--seed", type=int, default=2022, help="随机种子，默认 2022")
    sample.add_argument("--targets", type=Path, metavar="FILE.json", help="各指标应得出的数")

    load = add("load", "现在加载：收件、建库、检查、发布")
    load.add_argument("--json", action="store_true", help="结果为一个 JSON 对象，进度写到标准错误")
    load.add_argument("--settle", type=float, default=2.0, metavar="SECONDS", help="文件须静止的秒数，默认 2")
    load.add_argument("--rebuild", action="store_true", help="各表全部重建，不沿用上一版中未变的")

    ui = add("ui", "Dagster 界面（只看）、公报等页面与后台（夜间加载、收件）")
    ui.add_argument("--port", type=int, default=3000, help="端口，默认 3000；公报和质量页在其后一个")
    ui.add_argument(
        "--operator",
        action="store_true",
        help="界面可以启动运行、作决定；没有登录，给别人用时应在代理的登录之后",
    )
    ui.add_argument("--no-daemon", action="store_true", help="不运行后台：已有另一个 xiangcang ui 在运行")

    doctor = add("doctor", "装好了什么、缺什么、怎么办；有要改的则返回 1")
    doctor.add_argument("--json", action="store_true", help="结果为一个 JSON 对象")

    add("overdue", "是否很久没有成功的加载；是则返回 1，并按 alerts.toml 发一次警报")

    check = add("check", "试读一个文件，逐单元格说明会怎样；退回则返回 1")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--reporter", metavar="WHO", help="填报单位的名称或代码；默认取文件所在文件夹")

    for verdict, help_ in (
        ("confirm", "确认一份待核实的报送：下次加载起计入"),
        ("withdraw", "撤回一份报送：下次加载起不计，此前有效的恢复"),
    ):
        decision = add(verdict, help_)
        decision.add_argument("delivery", metavar="DELIVERY", help="报送编号，见回执、质量页和 dq_delivery")
        _add_reasons(decision)

    totals = add("accept-totals", "准予一份报送的合计与各行不符：下次加载时重读，不因合计退回")
    totals.add_argument("delivery", metavar="DELIVERY", help="报送编号，见回执、质量页和 dq_delivery")
    _add_reasons(totals)

    for verdict, help_ in (
        ("settle", "把一期定稿：缺的不再等，此后到的报送待核实；下次加载起生效"),
        ("reopen", "重开一个已定稿的期"),
    ):
        of_period = add(verdict, help_)
        of_period.add_argument("period", metavar="PERIOD", help="年、季或月，如 2022、2022-Q3、2022-06")
        _add_reasons(of_period)

    finding = add("confirm-finding", "核实一个被质疑的值无误：下次加载起不再质疑，值有变动则恢复")
    finding.add_argument("check", metavar="CHECK", help="检查的名称，见 dq_doubt 和 trace")
    finding.add_argument("row_key", metavar="KEY", help="行的主键，以 / 相隔，见 dq_doubt 和 trace")
    finding.add_argument("field", metavar="FIELD", help="字段；整行的为 *")
    finding.add_argument("value", metavar="VALUE", help="核实无误的值；整行的为空文本")
    _add_reasons(finding)

    sql = add("sql", "查询已发布的仓库，只读")
    sql.add_argument("query", metavar="SQL")
    _add_forms(sql, "JSON 数组，一行一个对象")

    trace = add("trace", "一个数从哪来：指标数、所用的行、文件中的单元格")
    trace.add_argument("indicator", metavar="INDICATOR", help="指标的名称或代码，见 dim_indicator")
    trace.add_argument("-p", "--period", required=True, help="期，如 2022、2022-Q3、2022-06")
    trace.add_argument("-d", "--division", help="乡镇、村的名称或代码；默认全区")
    trace.add_argument("--rows", type=int, default=50, metavar="N", help="显示各项的前 N 行，默认 50")
    _add_forms(trace, "一个 JSON 对象，含全部的行", "CSV，全部的行")

    bulletin = add("bulletin", "写出一年的公报：网页、Word 与 Excel")
    bulletin.add_argument("year", type=int, metavar="YEAR", help="年份，如 2022")
    bulletin.add_argument("--out", type=Path, metavar="DIR", help="写入的文件夹，默认 XIANGCANG_HOME/pages")
    bulletin.add_argument("--compare", action="store_true", help="与该年印出的公报逐项对照")
    bulletin.add_argument("--json", action="store_true", help="对照结果为 JSON 数组，一项一个对象")

    county = add("county", "区县资料：new 为新的区县写出文件夹，check 说改了什么、是否无误")
    county.add_argument("action", choices=("new", "check"))
    county.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="区县资料的文件夹，默认 XIANGCANG_HOME/county"
    )
    county.add_argument("--code", help="六位区县代码")
    county.add_argument("--name", help="区县名称")
    county.add_argument("--divisions", metavar="FILE.csv", help="区划代码表：code、name 两列")
    county.add_argument("--listed-on", metavar="DAY", help="区划代码表的日期，如 2022-10-31")
    county.add_argument("--loans-since", metavar="DAY", help="累计发放额的起始日，如 2021-01-01")
    county.add_argument("--forms", metavar="A,B", help="用程序的哪些表，默认全部")
    county.add_argument(
        "--bank", action="append", metavar="CODE=NAME:LAYOUT", help="报送贷款的银行及其版式，可写多次"
    )

    draft = add("draft", "由一份现成的表起草约定：表头、单位、类型、合计、规则，拿不准的标明待核")
    draft.add_argument("file", type=Path, metavar="FILE", help="填好的或空白的工作簿、文本文件")
    draft.add_argument("--like", metavar="FORM", help="表头相同的，名称照这种库存的表，如 grid")
    draft.add_argument(
        "--out",
        type=Path,
        metavar="FILE.toml",
        help="写到哪里；不止一张表的，第二张起名称加序号。默认当前文件夹",
    )
    draft.add_argument(
        "--update", type=Path, metavar="CONTRACT.toml", help="不起草，与这份约定对照；有不同则返回 1"
    )

    templates = add("templates", "写出空白表样：每种表、每个填报单位一份")
    templates.add_argument("folder", type=Path, metavar="DIR", help="写入的文件夹，没有则新建")

    form = add("form", "一种表的全部：谁报、表头、字段、规则、指标、SQL")
    form.add_argument("name", metavar="NAME", help="表的代码，如 grid")

    add("versions", "已发布的版本")

    diff = add("diff", "两个版本之间有哪些指标数不同")
    diff.add_argument("before", metavar="A")
    diff.add_argument("after", metavar="B")
    _add_forms(diff, "JSON 数组，一行一个对象")

    dictionary = add("dictionary", "写出数据字典：每张表、每一列，Markdown 与 HTML")
    dictionary.add_argument("folder", type=Path, metavar="DIR", help="写入的文件夹，没有则新建")

    export = add(
        "export", "把可以外传的写成文件：各汇总表的 CSV 与 Parquet、SDMX-CSV、说明；户数过少的数不列出"
    )
    export.add_argument("folder", type=Path, metavar="DIR", help="写入的文件夹，没有则新建")

    backup = add("backup", "把不能重做的内容备份到一个新的文件夹，加载时也可以")
    backup.add_argument("folder", type=Path, metavar="DIR", help="新的文件夹")
    restored = add("restore", "把备份恢复到空的 XIANGCANG_HOME")
    restored.add_argument("folder", type=Path, metavar="DIR", help="备份的文件夹")
    add("verify", "归档、回执、暂存、已发布的文件与其散列对照，指出损坏和缺失；有则返回 1")

    removal = add("remove-raw", "移除收到已久的个人表原件：记下哪一份、何时、何人、为何；行、回执和版本照旧")
    removal.add_argument("--days", type=int, required=True, metavar="N", help="收到已满多少天的")
    _add_reasons(removal)

    rollback = add("rollback", "退回到以前的版本")
    rollback.add_argument("version", metavar="V")
    return parser


def _add_reasons(command: argparse.ArgumentParser) -> None:
    command.add_argument("--why", required=True, metavar="WHY", help="理由")
    command.add_argument("--by", required=True, metavar="WHO", help="决定人")


def _add_forms(command: argparse.ArgumentParser, json_help: str, csv_help: str = "CSV") -> None:
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=json_help)
    form.add_argument("--csv", action="store_true", help=csv_help)
    command.add_argument("--raw", action="store_true", help="CSV 中的文字照原样，不防公式")


if __name__ == "__main__":
    sys.exit(main())
