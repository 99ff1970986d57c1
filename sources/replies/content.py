"""Content of a reply to one delivery: outcome, reasons with their cells, totals that disagree."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from schemas.field import Column
from sources.holding.decisions import Decision
from sources.home.receipts import Answer, ControlTotal, Receipt, row_of
from sources.reading.marking.line import DOUBTFUL, REJECTED, ReasonLine
from sources.text.period import period_end

MOST_LINES = 100_000
"""More than anyone reads; a sheet of Excel ends at a million rows."""

_SEVERITIES = {"reject": REJECTED, "flag": DOUBTFUL}


class TotalLine(NamedTuple):
    """A printed total that is not the sum of its rows, in words."""

    sheet: str
    cell: str
    label: str
    column: str
    printed: str
    computed: str


@dataclass(frozen=True)
class Reply:
    """A receipt as its sender reads it.

    unlisted: how many reasons are not among the lines. personal: whether the form has columns of persons, so
    that no value may be shown. copy: the name of the marked copy, empty where there is none. holds: why the delivery
    waits for a steward; decision: what one has decided.
    """

    receipt: Receipt
    lines: list[ReasonLine]
    totals: list[TotalLine]
    unlisted: int
    personal: bool
    copy: str = ""
    holds: tuple[str, ...] = ()
    decision: Decision | None = None

    @property
    def outcome(self) -> str:
        """The outcome in a word or two."""
        if self.decision is not None and self.decision.verdict == "withdraw":
            return WITHDRAWN
        if self.holds:
            return HELD
        if self.receipt.outcome == "accepted" and self.receipt.rows.rejected:
            return "部分接收"
        return {"accepted": "已接收", "rejected": REJECTED, "duplicate": _DUPLICATE}[self.receipt.outcome]

    @property
    def outcome_word(self) -> str:
        """The word that the names of the answer begin with; a file that is in force already is accepted."""
        return {HELD: "待核实", _DUPLICATE: "已接收"}.get(self.outcome, self.outcome)

    @property
    def advice(self) -> str:
        """What the sender should do now."""
        is_doubtful = any(line.severity == DOUBTFUL for line in self.lines)
        counts = self.receipt.outcome == "accepted" and self.outcome != WITHDRAWN
        doubtful = (_IN_DOUBT if counts else _IN_DOUBT_TOO) if is_doubtful else ""
        advice = _NOT_TO_BLAME if self.receipt.is_internal_error else _ADVICE[self.outcome]
        return advice + doubtful + (_SEE_COPY.format(self.copy) if self.copy else "")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """The facts of every delivery: label and text."""
        receipt, rows = self.receipt, self.receipt.rows
        return [
            ("文件", receipt.file.name),
            ("表名", receipt.form_title or "未识别"),
            ("报告期", receipt.period or "未识别"),
            ("收到时间", f"{receipt.received_at:%Y-%m-%d %H:%M}"),
            (
                "行数",
                f"共 {rows.candidate}，接收 {rows.accepted}，退回 {rows.rejected}，"
                f"未计 {rows.skipped}，存疑 {rows.flagged}",
            ),
            *([("提前报送", self._early)] if self._early else []),
            *(("待核实", why) for why in self.holds),
            *([("决定", self._decided)] if self.decision else []),
            *([("合计", self._accepted_totals)] if receipt.totals_accepted_by else []),
            *([("更正", f"{self._corrected} 按数据管理员登记的更正读取")] if self._corrected else []),
        ]

    @property
    def _early(self) -> str:
        """What it means that the delivery came before its period was over; empty where it did not, or was refused."""
        receipt = self.receipt
        if receipt.outcome != "accepted" or receipt.received_at.date() > period_end(receipt.period):
            return ""
        return f"报告期到 {period_end(receipt.period)} 才结束；期末的数如有变动，请在期满后再报"

    @property
    def _decided(self) -> str:
        """What a steward has decided, when and why."""
        assert self.decision is not None
        word = {"confirm": "确认", "withdraw": "撤回"}[self.decision.verdict]
        return f"{self.decision.by} 于 {self.decision.decided_at:%Y-%m-%d %H:%M} {word}：{self.decision.why}"

    @property
    def _accepted_totals(self) -> str:
        """By whose word totals that disagree are no reason to reject."""
        return f"表内合计与各行不符，{self.receipt.totals_accepted_by} 已准予照收"

    @property
    def _corrected(self) -> str:
        """The addresses of the cells that were read as corrected."""
        cells = [(c.sheet, c.cell) for c in self.receipt.corrections if c.applied]
        return "、".join(f"{sheet}!{cell}" if sheet else cell for sheet, cell in cells)


HELD, WITHDRAWN, _DUPLICATE = "待核实，尚未计入", "已撤回", "重复报送，未作改动"

_ADVICE = {
    HELD: "这份报送已经读取，等数据管理员核实；此前的有效报送继续有效。核实前也可按所列的原因改正后重新报送。",
    WITHDRAWN: "数据管理员已撤回这份报送，不再计入；应报的请重新报送。",
    "已接收": "不必再报。",
    "部分接收": "退回的行没有计入。请按下列各条改正后重新报送。",
    REJECTED: "这份报送没有计入，此前的有效报送继续有效。请按下列各条改正后，把文件重新放进收件箱。",
    _DUPLICATE: "与现行有效的报送是同一个文件，不必再报。",
}
_NOT_TO_BLAME = (
    "这份报送没有计入，此前的有效报送继续有效。出错的是程序，不必改表；请按下面的编号联系数据管理员。"
)
_IN_DOUBT = "标为“存疑”的已照收，请核实；确实有误的，改正后重新报送。"
_IN_DOUBT_TOO = "标为“存疑”的也请核实，确实有误的一并改正。"
_SEE_COPY = "有问题的单元格已在“{}”中标出，可直接在其中改正后重新报送；数本来无误的，在它的“退回原因”一页末栏写明情况。"


def compose_reply(receipt: Receipt, rejected: pl.DataFrame, columns: dict[str, Column]) -> Reply:
    """Compose the reply to a delivery.

    rejected: the reasons of its rows as staged (REJECTED_SCHEMA); columns: of its table, by field.
    """
    personal = any(column.pii for column in columns.values())
    lines = [ReasonLine(REJECTED, reason.sheet, reason.cell, reason.message) for reason in receipt.reasons]
    lines += _row_lines(rejected.head(MOST_LINES))
    lines += _printed_rule_lines(receipt)
    lines = _with_answers(lines, receipt.answers)
    disagreeing = [] if personal else [total for total in receipt.control_totals if not total.agrees]
    totals = [_total_line(total, columns.get(total.field)) for total in disagreeing]
    return Reply(receipt, lines, totals, max(rejected.height - MOST_LINES, 0), personal)


def _with_answers(lines: list[ReasonLine], answers: list[Answer]) -> list[ReasonLine]:
    """Put beside each line the answer of its sender to its cell or, in a column of the form, to its row."""
    of_cell = {(answer.sheet, answer.cell): answer.text for answer in answers}
    of_row: dict[tuple[str, int | None], str] = {
        (answer.sheet, answer.row): answer.text for answer in answers if answer.row and not answer.query
    }
    return [
        line._replace(
            answer=of_cell.get((line.sheet, line.cell)) or of_row.get((line.sheet, row_of(line.cell)), "")
        )
        for line in lines
    ]


def to_text(reply: Reply) -> str:
    """Write the reply as plain text, for a terminal."""
    lines = [f"结果：{reply.outcome}", *(f"{label}：{text}" for label, text in reply.facts)]
    lines += [
        f"{line.severity}：{f'[{line.place}] ' if line.place else ''}{line.message}" for line in reply.lines
    ]
    if reply.unlisted:
        lines.append(f"（另有 {reply.unlisted} 条）")
    return "\n".join(lines) + "\n"


def _row_lines(rejected: pl.DataFrame) -> list[ReasonLine]:
    if not rejected.width:
        return []
    reasons = rejected.select("severity", "sheet_name", "cell", "message")
    return [
        ReasonLine(_SEVERITIES[severity], sheet, cell, message)
        for severity, sheet, cell, message in reasons.rows()
    ]


def _printed_rule_lines(receipt: Receipt) -> list[ReasonLine]:
    """List the records that break a rule which their own sheet prints; the figures stay in the sheet."""
    return [
        ReasonLine(
            DOUBTFUL, rule.sheet, violation.cell, f"不合表内所印的关系“{rule.text}”（{rule.cell}）；请核对"
        )
        for rule in receipt.printed_rules
        for violation in rule.violations
    ][:MOST_LINES]


def _total_line(total: ControlTotal, column: Column | None) -> TotalLine:
    title = (
        f"{column.title}（{column.unit}）" if column and column.unit else column.title if column else "行数"
    )
    printed = "不是数字" if total.printed is None else _plain(total.printed)
    return TotalLine(total.sheet, total.cell, total.label, title, printed, _plain(total.computed))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
