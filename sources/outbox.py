"""What a reporter hears back: a receipt in words, in its outbox folder. Addresses and reasons, no values."""

import polars as pl

from sources.home import Home, write_whole
from sources.receipts import PrintedRule, Receipt

_OUTCOMES = {"accepted": "已接收", "rejected": "退回", "duplicate": "重复报送，未作改动"}
_MOST_LINES = 200


def write_reply(home: Home, receipt: Receipt) -> None:
    """Write the receipt for the sender; a later revision replaces the words of the earlier one."""
    folder = home.outbox / (receipt.file.folder or "未识别的文件夹")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = receipt.delivery_id.rsplit("-", 1)[1]
    name = f"{receipt.file.name}.{receipt.arrival_id}-{number}.回执.txt"
    write_whole(folder / name, reply(receipt, rejected_rows(home, receipt)).encode("utf-8-sig"))


def rejected_rows(home: Home, receipt: Receipt) -> pl.DataFrame:
    """The reasons of a delivery's rows, as staged; empty without a column if there are none."""
    return pl.concat(
        [pl.read_parquet(home.root / part.path) for part in receipt.rejected_files] or [pl.DataFrame()]
    )


def reply(receipt: Receipt, rejected: pl.DataFrame) -> str:
    """The receipt in words."""
    rows = receipt.rows
    lines = [
        f"回执　{receipt.file.name}",
        f"结果：{_OUTCOMES[receipt.outcome]}",
        f"表名：{receipt.form_title or '未识别'}　报告期：{receipt.period or '未识别'}",
        f"收到时间：{receipt.received_at:%Y-%m-%d %H:%M}",
        f"行数：共 {rows.candidate}，接收 {rows.accepted}，退回 {rows.rejected}，"
        f"未计 {rows.skipped}，存疑 {rows.flagged}",
    ]
    lines += [f"退回原因：{_place(r.sheet, r.cell)}{r.message}" for r in receipt.reasons]
    lines += [
        f"更正：{_place(c.sheet, c.cell)}按数据管理员登记的更正读取" for c in receipt.corrections if c.applied
    ]
    severities = {"reject": "退回", "flag": "存疑"}
    for row in rejected.head(_MOST_LINES).iter_rows(named=True):
        lines.append(
            f"{severities[row['severity']]}：{_place(row['sheet_name'], row['cell'])}{row['message']}"
        )
    lines += printed_rule_lines(receipt)
    if rejected.height > _MOST_LINES:
        lines.append(f"（另有 {rejected.height - _MOST_LINES} 条，改正以上各条后再报时一并核对）")
    return "\r\n".join(lines) + "\r\n"


def printed_rule_lines(receipt: Receipt) -> list[str]:
    """The rules printed in its own sheets that a delivery breaks, and where; addresses, no values."""
    return [
        f"表内关系不符：{_place(rule.sheet, rule.cell)}{rule.text}，见 {_cells(rule)}；请核对"
        for rule in receipt.printed_rules
        if rule.violations
    ]


_MOST_CELLS = 20


def _cells(rule: PrintedRule) -> str:
    cells = [violation.cell for violation in rule.violations]
    more = f" 等 {len(cells)} 处" if len(cells) > _MOST_CELLS else ""
    return "、".join(cells[:_MOST_CELLS]) + more


def _place(sheet: str, cell: str) -> str:
    where = f"{sheet}!{cell}" if sheet and cell else sheet or cell
    return f"[{where}] " if where else ""
