"""The rows of a draft: parsed, validated, split, staged; and what that makes of the delivery."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import pandera.polars as pa
import polars as pl

from schemas.field import Column, polars_schema
from schemas.validate import duplicates, split
from sources.county.contract import Contract
from sources.county.corrections import Correction
from sources.county.references import References
from sources.home.folders import Home
from sources.home.receipts import AppliedCorrection, ControlTotal, Reason, Receipt, RowCounts
from sources.layout.draft import Draft, Part, refuse
from sources.staging.correct import correct, not_met
from sources.staging.files import (
    Rows,
    discard_staged,
    reasons_frame,
    rewrite_staged,
    rule_messages,
    write_accepted,
    write_rejected,
)  # fmt: skip
from sources.staging.parse import UNREAD, Parsed, parse
from sources.staging.persons import pseudonymize
from sources.staging.totals import Sums, reconcile


@dataclass
class _Case:
    """One draft before its judge: what is known of it, and what was found so far."""

    home: Home
    references: References
    draft: Draft
    contract: Contract
    receipt: Receipt
    rows: Rows = field(default_factory=Rows)
    keys: list[pl.DataFrame] = field(default_factory=list)
    met: dict[str, AppliedCorrection] = field(default_factory=dict)

    @cached_property
    def model(self) -> type[pa.DataFrameModel]:
        return self.references.tables[self.contract.table]

    @cached_property
    def table(self) -> list[Column]:
        return self.references.columns_to_fill(self.contract.table)

    @cached_property
    def corrections(self) -> list[Correction]:
        return self.references.corrections_of(*self.receipt.key)

    @cached_property
    def messages(self) -> dict[str, tuple[str, str]]:
        return rule_messages(self.model, self.table)

    @property
    def stem(self) -> str:
        return f"{self.receipt.delivery_id}.r{self.receipt.revision}"


def judge(home: Home, references: References, draft: Draft, receipt: Receipt) -> Receipt:
    """Stage the accepted rows and every reason of the others; return the receipt with the outcome."""
    assert draft.contract is not None
    case = _Case(home, references, draft, draft.contract, receipt)
    keep_rows = any(printed.rows for printed in draft.printed)
    sums = as_sent = Sums(keep_rows=keep_rows)
    if case.corrections:
        as_sent = Sums(keep_rows=keep_rows)
    for sent in draft.parts():
        part = _corrected(case, sent)
        parsed = _parsed(case, part)
        sums.add(parsed)
        if as_sent is not sums:
            as_sent.add(parsed if part is sent else _parsed(case, sent))
        _stage_part(case, part, parsed)
    _reject_duplicates(case)
    totals = reconcile(draft.printed, sums, as_sent, {column.name: column for column in case.table})
    rows = case.rows
    rejected = rows.candidate - rows.accepted
    reasons = draft.reasons + _disagreements(case.contract, totals, sums) + _unacceptable(case.contract, rows)
    if reasons:
        discard_staged(home, rows)
    counts = RowCounts(
        candidate=rows.candidate + draft.skipped,
        accepted=0 if reasons else rows.accepted,
        rejected=rejected,
        flagged=rows.flagged,
        skipped=draft.skipped + (rows.accepted if reasons else 0),
    )
    return receipt.model_copy(
        update={
            "outcome": "rejected" if reasons else "accepted",
            "reasons": reasons,
            "rows": counts,
            "rule_counts": dict(sorted(rows.rule_counts.items())),
            "sheets": draft.sheets,
            "control_totals": totals,
            "corrections": [case.met.get(one.id) or not_met(one) for one in case.corrections],
            "printed_rules": draft.printed_rules,
            "staged_files": rows.staged,
            "rejected_files": rows.rejected,
        }
    )


def _parsed(case: _Case, part: Part) -> Parsed:
    return parse(part.candidates, case.table, case.contract, case.references.places)


def _corrected(case: _Case, part: Part) -> Part:
    personal = any(column.pii for column in case.table)
    corrected, met = correct(part, case.corrections, case.draft.address, personal=personal)
    case.met |= {one.id: one for one in met}
    return corrected


def _stage_part(case: _Case, part: Part, parsed: Parsed) -> None:
    absent = frozenset(column.name for column in case.table) - frozenset(part.candidates.texts.columns)
    candidates = _with_lineage(case, part, parsed)
    unread = parsed.unread
    if part.malformed is not None and part.malformed.len():
        unread = pl.concat([unread, _malformed(part.malformed)])
    judged = split(candidates, case.model, absent=absent, unparsed=unread, unique=False)
    if part.malformed is not None and part.malformed.len():
        # a line that does not split has one reason, not one for every field it lacks
        judged = replace(
            judged, reasons=judged.reasons.filter(~pl.col("index").is_in(part.malformed.implode()))
        )
    case.keys.append(part.where.hstack([candidates[name] for name in _keys(case)]))
    case.rows.candidate += candidates.height
    case.rows.accepted += judged.accepted.height
    case.rows.flagged += judged.accepted.height - judged.accepted["flags"].null_count()
    accepted = pseudonymize(judged.accepted, case.table, case.home.person_key(), case.receipt.reporter_code)
    write_accepted(case.home, case.rows, accepted, case.receipt, case.stem)
    address = case.draft.address
    if judged.reasons.height or unread.height:
        said = reasons_frame(
            judged.reasons, unread, part.candidates.texts, part.where, address, case.messages, case.table
        )
        write_rejected(case.home, case.rows, said, case.receipt, case.stem)


def _malformed(index: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"index": index}).with_columns(field=pl.lit("row"), rule=pl.lit("field_count"))


def _with_lineage(case: _Case, part: Part, parsed: Parsed) -> pl.DataFrame:
    receipt = case.receipt
    lineage = {
        "county_code": receipt.county_code,
        "reporter_code": receipt.reporter_code,
        "contract": receipt.contract,
        "period": receipt.period,
        "delivery_id": receipt.delivery_id,
    }
    known: dict[str, pl.Expr] = {name: pl.lit(said) for name, said in lineage.items()}
    known["flags"] = pl.lit(None, dtype=pl.String)
    corrected = part.corrected
    known["corrected"] = pl.lit(None, dtype=pl.String) if corrected is None else pl.lit(corrected)
    frame = part.where.hstack(parsed.values)
    return frame.select(known.get(name, pl.col(name)).alias(name) for name in polars_schema(case.model))


def _keys(case: _Case) -> list[str]:
    return [column.name for column in case.table if column.key]


def _reject_duplicates(case: _Case) -> None:
    """Take rows that share a key out of what was staged: only the whole delivery shows them."""
    if not case.keys:
        return
    keys = pl.concat(case.keys)
    twice = duplicates(keys, case.model)
    if not twice.height:
        return
    where = keys.drop(_keys(case))
    none = pl.DataFrame(schema=UNREAD)
    address = case.draft.address
    said = reasons_frame(
        twice, none, keys.select(_keys(case)).cast(pl.String), where, address, case.messages, case.table
    )
    write_rejected(case.home, case.rows, said, case.receipt, case.stem)
    hidden = [column.name for column in case.table if column.key and column.pii]
    rewrite_staged(case.home, case.rows, keys[twice["index"]].drop(hidden).drop("part", strict=False))


def _disagreements(contract: Contract, totals: list[ControlTotal], sums: Sums) -> list[Reason]:
    """Reasons from printed totals; a total over cells that could not be read says nothing either way."""
    if contract.totals != "must_agree":
        return []
    return [
        refuse("control_total", _disagreement(total), total.sheet, total.cell)
        for total in totals
        if not total.agrees and total.field not in sums.unread
    ]


def _disagreement(total: ControlTotal) -> str:
    printed = "不是数字" if total.printed is None else f"{total.printed.normalize():f}"
    return f"“{total.label}”为 {printed}，各行相加为 {total.computed.normalize():f}；请核对后重新报送"


def _unacceptable(contract: Contract, rows: Rows) -> list[Reason]:
    rejected = rows.candidate - rows.accepted
    if contract.accept == "whole" and rejected:
        return [refuse("rejected_rows", f"有 {rejected} 行未通过校验，整表退回；请改正后重新报送全表")]
    if rows.candidate and not rows.accepted:
        return [refuse("rejected_rows", "没有一行通过校验；请改正后重新报送")]
    return []
