"""Evaluation of the rules that a sheet prints itself, against its own figures.

Codes are looked up where the sheet has them, in a row or in a column; no contract needs to know them. Every
row (column) of figures is held against a rule, printed totals too. Those of changes, shares and averages are
not: a rule that holds for levels need not hold for them.

A blank cell is no zero. For ≤ ≥ < > a record with a blank is skipped. In an equality a blank among others
counts as nothing, but where a whole side is blank (a total without its parts) the record is skipped. A text
among the figures (`=`, `×`) skips it too.

Figures are compared as the sheet stores them. A record whose figures are all whole is exact: things are
counted. If any has decimals, all are taken as rounded to the most decimals among them, and the difference
that rounding alone can make is allowed (`schemas.balance.hold`).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from schemas.balance import Balance, Evaluation, Missing, evaluate
from sources.home.receipts import PrintedRule, PrintedRuleViolation
from sources.layout.code_lines import CodeLine, Region, find_code_lines, has_units
from sources.layout.printed.rule_texts import Direction, RuleText, find_rule_texts
from sources.reading.cells import cell_address
from sources.text.values import Unread, is_missing, parse_number

_MOST_DECIMALS = 6  # beyond this, what a workbook stores is the noise of binary fractions
_MOST_DIGITS = 15  # what has more is no figure: an identity number
_CHANGES = re.compile("增减|增长|增幅|增速|同比|环比|比上年|比重|占比|[%％±]|单价|单产|平均|人均|户均")
"""Labels of rows and columns that do not balance."""
_FIGURE = re.compile(r"[-+±\d.,]+[%％]?")


def printed_rules(region: Region) -> list[PrintedRule]:
    """Evaluate every rule that a region prints, once per cell, against the region's figures."""
    texts = list(dict.fromkeys(find_rule_texts(region)))
    if not texts:
        return []
    lines = find_code_lines(region)
    usual = _find_usual_direction(region, lines, texts)
    return [_evaluate(region, lines, text, text.direction or usual) for text in texts]


def _find_usual_direction(region: Region, lines: list[CodeLine], texts: list[RuleText]) -> Direction | None:
    """Find whether rules without a direction are about columns or rows: where most of them find their codes.

    Where both are as likely, it is where units of measure stand beside the codes; else None.
    """
    rules = [text.balance for text in texts if text.balance and not text.direction]
    across = [line for line in lines if not line.down]
    down = [line for line in lines if line.down]
    signs: list[Callable[[list[CodeLine]], int]] = [
        lambda candidates: sum(
            any(line.find(_codes(rule), exactly=True) for line in candidates) for rule in rules
        ),
        lambda candidates: sum(any(line.find(_codes(rule)) for line in candidates) for rule in rules),
        lambda candidates: any(not line.serial for line in candidates),
        lambda candidates: any(has_units(region, line) for line in candidates),
    ]
    for sign in signs:
        if sign(across) != sign(down):
            return "across" if sign(across) > sign(down) else "down"
    return None


def _evaluate(
    region: Region, lines: list[CodeLine], text: RuleText, direction: Direction | None
) -> PrintedRule:
    rule = PrintedRule(sheet=region.sheet.name, cell=cell_address(text.row, text.column), text=text.text)
    if text.balance is None:
        return rule.model_copy(update={"not_understood": "读不成平衡关系"})
    candidates = [line for line in lines if direction is None or line.down == (direction == "down")]
    matches = [(line, places) for line in candidates if (places := line.find(_codes(text.balance)))]
    if not matches:
        return rule.model_copy(update={"not_understood": _explain_missing_codes(candidates, text.balance)})
    if direction is None:
        return rule.model_copy(update={"not_understood": "分不清代码指行还是指栏"})
    records = [record for line, places in matches for record in _read_records(region, line, places)]
    verdicts = [(record, verdict) for record in records if (verdict := record.evaluate(text.balance))]
    return rule.model_copy(
        update={
            "evaluated": len(verdicts),
            "skipped": len(records) - len(verdicts),
            "violations": [
                PrintedRuleViolation(
                    cell=cell_address(*record.cells[_codes(text.balance)[0]]),
                    left=verdict.left,
                    right=verdict.right,
                )
                for record, verdict in verdicts
                if not verdict.holds
            ],
        }
    )


_ZERO = "0"


def _codes(balance: Balance) -> list[str]:
    """List the codes that stand for figures: 0 alone on a side is the number."""
    alone = [side[0].code for side in (balance.left, balance.right) if len(side) == 1]
    return [code for code in balance.codes if not (code == _ZERO and _ZERO in alone)]


def _explain_missing_codes(lines: list[CodeLine], balance: Balance) -> str:
    unknown = [code for code in _codes(balance) if not any(line.find([code]) for line in lines)]
    return f"表中没有代码{'、'.join(unknown)}，或不止一处" if unknown else "代码不在同一行或同一列"


@dataclass(frozen=True)
class _Record:
    """The figures of one row (column), by code; None where blank.

    cells: row and column by code. balances: False where the figures need not balance.
    """

    cells: dict[str, tuple[int, int]]
    figures: dict[str, Decimal | None]
    balances: bool

    def evaluate(self, balance: Balance) -> Evaluation | None:
        """Evaluate a balance on the record; None where the balance does not apply."""
        if not self.balances:
            return None
        figures = {_ZERO: Decimal(0)} | self.figures
        if balance.relation == "=":
            sides = ([figures[term.code] for term in side] for side in (balance.left, balance.right))
            if any(all(figure is None for figure in side) for side in sides):
                return None
        missing: Missing = "skip_if_all" if balance.relation == "=" else "skip_if_any"
        evaluation = evaluate(balance, figures, missing, step=_find_step(self.figures))
        return None if evaluation.holds is None else evaluation


def _read_records(region: Region, line: CodeLine, places: dict[str, int]) -> Iterator[_Record]:
    """Yield the rows (columns) in which any of some codes has a figure."""
    for number in line.records:
        cells = {code: (at, number) if line.down else (number, at) for code, at in places.items()}
        figures, readable = {}, True
        for code, (row, column) in cells.items():
            try:
                figures[code] = _read_figure(region.sheet.text[row][column], region.sheet.kinds[row][column])
            except Unread:
                figures[code], readable = None, False
        if any(figure is not None for figure in figures.values()):
            yield _Record(cells, figures, readable and not _has_change_label(region, line, places, number))


def _read_figure(text: str, kind: str) -> Decimal | None:
    """Read the figure of a cell, None where it is blank. Raises Unread for anything else."""
    if kind == " " or (kind == "t" and is_missing(text)):
        return None
    if kind not in "nt":
        raise Unread(text)
    return parse_number(text, Decimal(1), None, _MOST_DIGITS, _MOST_DECIMALS)


def _find_step(figures: Mapping[str, Decimal | None]) -> Decimal | None:
    """Return one in the last of the decimals that a record shows; None where it shows none."""
    exponents = [
        int(figure.normalize().as_tuple().exponent) for figure in figures.values() if figure is not None
    ]
    last = min(exponents, default=0)
    return Decimal(1).scaleb(last) if last < 0 else None


def _has_change_label(region: Region, line: CodeLine, places: dict[str, int], number: int) -> bool:
    """Tell whether a text before the first figure of a row (or above it) names what does not balance."""
    first = min(places.values())
    if line.down:
        labels = [region.text(row, number) for row in range(region.rows.start, first)]
    else:
        labels = [region.text(number, column) for column in range(region.columns.start, first)]
    return any(_CHANGES.search(label) and not _FIGURE.fullmatch(label) for label in labels)
