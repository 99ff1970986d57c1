"""The tables source_* and ref_*: receipts and reference data as frames, for the warehouse to build from."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import polars as pl

from schemas.field import columns, polars_schema
from schemas.tables.reference import RefDivisionList
from schemas.tables.source import (
    SourceAnswer,
    SourceControlTotal,
    SourceCorrection,
    SourceDelivery,
    SourceExpectedDelivery,
    SourceFieldPlace,
    SourcePrintedRule,
    SourcePrintedRuleViolation,
)
from sources.county.corrections import Correction
from sources.county.expected import Expected, expected_deliveries
from sources.county.lists.aliases import read_aliases
from sources.county.lists.divisions import DIVISION_LIST, read_crosswalk, read_divisions
from sources.county.lists.plausible_bands import BANDS, read_plausible_bands
from sources.county.lists.reporters import read_reporters
from sources.county.references import References
from sources.holding.states import DeliveryStates, Judgement
from sources.home.receipts import Receipt
from sources.text.period import period_end


def delivery_frame(
    references: References, receipts: Iterable[Receipt], states: DeliveryStates
) -> pl.DataFrame:
    """Lay out the receipts, one row a delivery, with what they count for. Times are Shanghai wall time."""
    in_force_ids = {receipt.delivery_id for receipt in states.counting}
    open_ids = {receipt.delivery_id for receipt in states.open}
    rows = [
        {
            "delivery_id": r.delivery_id,
            "revision": r.revision,
            "contract": r.contract,
            "staged_table": r.table,
            "form_title": r.form_title,
            "reporter_code": r.reporter_code,
            "period": r.period,
            "period_end_date": period_end(r.period) if r.period else None,
            "county_code": r.county_code,
            "received_at": r.received_at.replace(tzinfo=None),
            "staged_at": r.staged_at.replace(tzinfo=None),
            "outcome": states.state_of(r),
            "is_in_force": r.delivery_id in in_force_ids,
            "is_open": r.delivery_id in open_ids,
            "resend": states.resend_of(r),
            **_describe_state(r, states),
            **_describe_contract(r, references),
            "file_name": r.file.name,
            "file_sha256": r.file.sha256,
            "file_size_bytes": r.file.size_bytes,
            "file_format": r.file.format,
            "candidate_rows": r.rows.candidate,
            "accepted_rows": r.rows.accepted,
            "rejected_rows": r.rows.rejected,
            "flagged_rows": r.rows.flagged,
            "skipped_rows": r.rows.skipped,
            "reasons": "; ".join(f"{x.rule} @ {x.sheet}!{x.cell}: {x.message}" for x in r.reasons),
            "is_synthetic": r.synthetic,
        }
        for r in receipts
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceDelivery))


def _describe_state(receipt: Receipt, states: DeliveryStates) -> dict[str, object]:
    """Say why a delivery is held, what it lacks, and what was decided on it."""
    judgement = states.judgements.get(receipt.delivery_id, Judgement())
    decision = states.decided.get(receipt.delivery_id)
    return {
        "hold_reasons": "；".join(judgement.holds.values()),
        "frame_rows": judgement.frame_rows,
        "lacking_rows": judgement.lacking_rows,
        "decision": decision.verdict if decision else None,
        "decided_by": decision.by if decision else None,
        "decided_at": decision.decided_at.replace(tzinfo=None) if decision else None,
        "decision_reason": decision.why if decision else None,
    }


def _describe_contract(receipt: Receipt, references: References) -> dict[str, str]:
    """Say what the rows of a delivery are held against, and which of its fields are missing where they are blank."""
    contract = references.contracts.get(receipt.contract)
    if contract is None:  # not read, or the form has been given up since
        return {"frame": "", "missing_if_blank": ""}
    sent = {key.split("[")[0] for sheet in receipt.sheets for key in (*sheet.columns, *sheet.cells)}
    missing = [
        column.name
        for column in columns(references.tables[contract.table])
        if column.blank and column.name in contract.columns
        if column.blank == "missing" or (receipt.sheets and column.name not in sent)
    ]
    return {
        "frame": contract.frame.partition(":")[0],
        "missing_if_blank": f";{';'.join(missing)};" if missing else "",
    }


def field_place_frame(receipts: Iterable[Receipt]) -> pl.DataFrame:
    """Lay out the cells and the stated unit of each field, one row a delivery, sheet, block and field."""
    rows = [
        {
            "delivery_id": r.delivery_id,
            "sheet_name": sheet.name,
            "sheet_block": block,
            "field": name,
            "column_letters": sheet.in_block(sheet.columns, name, block),
            "cell": sheet.in_block(sheet.cells, name, block),
            "unit_scale": Decimal(sheet.in_block(sheet.scales, name, block) or 1),
        }
        for r in receipts
        if r.outcome == "accepted"
        for sheet in r.sheets
        for block in range(1, sheet.blocks + 1)
        for name in sorted({key.split("[")[0] for key in (*sheet.columns, *sheet.cells)})
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceFieldPlace))


def expected_in(
    references: References, receipts: Iterable[Receipt], states: DeliveryStates, on: date
) -> list[Expected]:
    """List the deliveries that are expected, or that came unasked, as of a day."""
    received = [r for r in receipts if states.state_of(r) in ("accepted", "rejected")]
    return expected_deliveries(references, received, states.held.values(), on)


def expected_frame(expected: Iterable[Expected]) -> pl.DataFrame:
    """Lay out the deliveries that are expected, or that came unasked, one row each."""
    renamed = {"table": "staged_table"}
    rows = [
        {renamed.get(name, name): value for name, value in asdict(delivery).items()}
        | {"period_end_date": period_end(delivery.period)}
        for delivery in expected
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceExpectedDelivery))


def control_total_frame(receipts: Iterable[Receipt]) -> pl.DataFrame:
    """Lay out the printed totals, one row each."""
    rows = [
        {
            "delivery_id": r.delivery_id,
            "sheet_name": t.sheet,
            "cell": t.cell,
            "field": t.field,
            "label": t.label,
            "printed": t.printed,
            "computed": t.computed,
            "agrees": t.agrees,
        }
        for r in receipts
        for t in r.control_totals
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceControlTotal))


def correction_frame(corrections: Iterable[Correction], states: DeliveryStates) -> pl.DataFrame:
    """Lay out the corrections, one row each, with their outcome in the deliveries in force."""
    receipts = {receipt.key: receipt for receipt in states.counting}
    waiting = {receipt.key for receipt in (*states.held.values(), *states.withdrawn.values())}
    rows = [
        {
            "correction_id": c.id,
            "correction_file": c.file,
            "staged_table": c.table,
            "reporter_code": c.reporter,
            "period": c.period,
            "sheet_name": c.sheet,
            "cell": c.cell,
            "field": c.field,
            "expected_text": c.expect,
            "corrected_text": c.value,
            "entered_by": c.who,
            "entered_on": c.when,
            "reason": c.why,
            "status": c.status,
        }
        | _describe_outcome(c, receipts.get(c.key), is_waiting=c.key in waiting)
        for c in corrections
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceCorrection))


def _describe_outcome(
    correction: Correction, receipt: Receipt | None, *, is_waiting: bool
) -> dict[str, object]:
    if correction.status == "withdrawn":
        return {"state": "withdrawn"}
    if receipt is None:
        return {"state": "waiting" if is_waiting else "no_delivery"}
    outcome = next((c for c in receipt.corrections if c.id == correction.id), None)
    if outcome is None:
        return {"state": "guard_failed", "delivery_id": receipt.delivery_id}
    return {
        "state": "applied" if outcome.applied else "guard_failed",
        "found_text": outcome.found,
        "delivery_id": receipt.delivery_id,
        "sheet_block": outcome.sheet_block,
        "sheet_row": outcome.sheet_row,
    }


def printed_rule_frame(receipts: Iterable[Receipt]) -> pl.DataFrame:
    """Lay out the rules that sheets print themselves, understood or not, one row each."""
    rows = [
        {
            "delivery_id": r.delivery_id,
            "sheet_name": rule.sheet,
            "cell": rule.cell,
            "rule": rule.text,
            "is_understood": not rule.not_understood,
            "not_understood": rule.not_understood or None,
            "evaluated_records": rule.evaluated,
            "skipped_records": rule.skipped,
            "violations": len(rule.violations),
        }
        for r in receipts
        for rule in r.printed_rules
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourcePrintedRule))


def printed_rule_violation_frame(receipts: Iterable[Receipt]) -> pl.DataFrame:
    """Lay out the records that break a rule of their own sheet, one row a record and rule."""
    rows = [
        {
            "delivery_id": r.delivery_id,
            "sheet_name": rule.sheet,
            "rule_cell": rule.cell,
            "rule": rule.text,
            "cell": violation.cell,
            "left_value": violation.left,
            "right_value": violation.right,
        }
        for r in receipts
        for rule in r.printed_rules
        for violation in rule.violations
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourcePrintedRuleViolation))


def answer_frame(receipts: Iterable[Receipt]) -> pl.DataFrame:
    """Lay out what senders say to queries, one row an answer."""
    rows = [
        (r.delivery_id, answer.sheet, answer.row, answer.cell, answer.query, answer.text)
        for r in receipts
        for answer in r.answers
    ]
    return pl.DataFrame(rows, schema=polars_schema(SourceAnswer), orient="row")


def reference_frames(references: References) -> dict[str, pl.DataFrame]:
    """Read divisions, their lists, aliases and crosswalk, reporters and plausible bands, typed, by table."""
    folder = references.folder
    divisions = read_divisions(folder / "divisions")
    lists = pl.DataFrame(
        sorted(references.county.lists.items()), schema=polars_schema(RefDivisionList), orient="row"
    )
    return {
        "ref_division": _with_lines(divisions, folder / DIVISION_LIST),
        "ref_division_list": lists,
        "ref_division_alias": read_aliases(folder, divisions),
        "ref_division_crosswalk": read_crosswalk(folder / "divisions", divisions),
        "ref_plausible_band": read_plausible_bands(folder / BANDS, references.catalogue),
        "ref_reporter": read_reporters(folder / "reporters.csv", divisions),
    }


def _with_lines(divisions: pl.DataFrame, path: Path) -> pl.DataFrame:
    """Add to the division list the line of the file that each row stands in, and the hash of the file."""
    digest = sha256(path.read_bytes()).hexdigest()
    lines = divisions.with_row_index("list_row", offset=2)
    return lines.with_columns(pl.col("list_row").cast(pl.Int32), list_sha256=pl.lit(digest))
