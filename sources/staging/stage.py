"""Staging of a draft's rows: correct, parse, validate, split, write; and the outcome of the delivery."""

from dataclasses import dataclass, field, replace
from functools import cached_property

import pandera.polars as pa
import polars as pl

from schemas.field import Column, columns, polars_schema
from schemas.validate import duplicates, split
from sources.county.contract import Contract
from sources.county.corrections import Correction
from sources.county.references import References
from sources.home.folders import Home
from sources.home.receipts import AppliedCorrection, ControlTotal, Reason, Receipt, RowCounts
from sources.layout.draft import Draft, Part, refuse
from sources.staging.candidates import collect_candidates, select_unaccepted
from sources.staging.correct import correct, report_unapplied
from sources.staging.files import (
    WrittenRows,
    discard_staged,
    rewrite_staged,
    write_accepted,
    write_candidates,
    write_rejected,
)  # fmt: skip
from sources.staging.messages import Wording, build_reasons
from sources.staging.parse import UNREAD, Parsed, parse
from sources.staging.persons import pseudonymize
from sources.staging.totals import Sums, reconcile


@dataclass
class _DraftStaging:
    """One draft while it is staged: its rules, and the rows, keys and outcomes of corrections so far."""

    home: Home
    references: References
    draft: Draft
    contract: Contract
    receipt: Receipt
    rows: WrittenRows = field(default_factory=WrittenRows)
    keys: list[pl.DataFrame] = field(default_factory=list)
    unaccepted: list[pl.DataFrame] = field(default_factory=list)
    correction_outcomes: dict[str, AppliedCorrection] = field(default_factory=dict)

    @cached_property
    def model(self) -> type[pa.DataFrameModel]:
        return self.references.tables[self.contract.table]

    @cached_property
    def table(self) -> list[Column]:
        return self.references.columns_to_fill(self.contract.table)

    @cached_property
    def compared(self) -> list[Column]:
        """The columns that come from the file, and those of the key."""
        return [column for column in columns(self.model) if column.key or column in self.table]

    @cached_property
    def corrections(self) -> list[Correction]:
        return self.references.corrections_of(*self.receipt.key)

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.model, self.table, self.draft.headings, self._list_words)

    def _list_words(self, column: Column) -> list[str]:
        """List the words that a column may be filled with."""
        own = [*self.contract.values.get(column.name, ())]
        level = self.contract.level_of(column)
        if level is None:
            return [*own, *(column.allowed or ())]
        places = self.references.places.inside(level, self.draft.within, self.draft.places_on)
        return [*own, *(place.name for place in places)]

    @property
    def stem(self) -> str:
        return f"{self.receipt.delivery_id}.r{self.receipt.revision}"


def stage_rows(home: Home, references: References, draft: Draft, receipt: Receipt) -> Receipt:
    """Stage the accepted rows and every reason of the others; return the receipt with the outcome.

    receipt: of the delivery before its rows are staged; outcome, counts, reasons and files are filled in.
    """
    assert draft.contract is not None
    staging = _DraftStaging(home, references, draft, draft.contract, receipt)
    keep_rows = any(printed.rows for printed in draft.printed)
    sums = as_sent = Sums(keep_rows=keep_rows)
    if staging.corrections:
        as_sent = Sums(keep_rows=keep_rows)
    for sent in draft.parts():
        part = _correct(staging, sent)
        parsed = _parse(staging, part)
        sums.add(parsed, part.marks)
        if as_sent is not sums:
            as_sent.add(parsed if part is sent else _parse(staging, sent), part.marks)
        _stage_part(staging, part, parsed)
    _reject_duplicates(staging)
    totals = reconcile(draft.printed, sums, as_sent, {column.name: column for column in staging.table})
    rows = staging.rows
    rejected = rows.candidate - rows.accepted
    reasons = (
        draft.reasons
        + _find_disagreements(staging, totals, sums)
        + _find_reasons_to_reject(staging.contract, rows)
    )
    staged = rows.staged if reasons else []
    candidates = collect_candidates(home, staging.unaccepted, staged, staging.compared, receipt.reporter_code)
    write_candidates(home, rows, candidates, receipt, staging.stem)
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
            "corrections": [
                staging.correction_outcomes.get(correction.id) or report_unapplied(correction)
                for correction in staging.corrections
            ],
            "printed_rules": draft.printed_rules,
            "staged_files": rows.staged,
            "rejected_files": rows.rejected,
            "candidate_files": rows.candidates,
        }
    )


def _parse(staging: _DraftStaging, part: Part) -> Parsed:
    return parse(part.candidates, staging.table, staging.contract, staging.references.places)


def _correct(staging: _DraftStaging, part: Part) -> Part:
    personal = any(column.pii for column in staging.table)
    corrected, outcomes = correct(part, staging.corrections, staging.draft.address, personal=personal)
    staging.correction_outcomes |= {outcome.id: outcome for outcome in outcomes}
    return corrected


def _stage_part(staging: _DraftStaging, part: Part, parsed: Parsed) -> None:
    absent = frozenset(column.name for column in staging.table) - frozenset(part.candidates.texts.columns)
    candidates = _add_lineage(staging, part, parsed)
    unread = parsed.unread
    malformed = _report_malformed(part)
    if malformed.height:
        unread = pl.concat([unread, malformed])
    doubts = _collect_doubts(part, parsed)
    validated = split(candidates, staging.model, absent=absent, unparsed=unread, doubts=doubts, unique=False)
    if malformed.height:
        # a line that does not split has one reason, not one for every field it lacks
        validated = replace(
            validated, reasons=validated.reasons.filter(~pl.col("index").is_in(malformed["index"].implode()))
        )
    staging.keys.append(part.where.hstack([candidates[name] for name in _keys(staging)]))
    staging.rows.candidate += candidates.height
    staging.rows.accepted += validated.accepted.height
    staging.rows.flagged += validated.accepted.height - validated.accepted["flags"].null_count()
    accepted = pseudonymize(
        validated.accepted, staging.table, staging.home.person_key(), staging.receipt.reporter_code
    )
    write_accepted(staging.home, staging.rows, accepted, staging.receipt, staging.stem)
    if validated.accepted.height < candidates.height:
        staging.unaccepted.append(select_unaccepted(candidates, validated, unread, staging.compared))
    address = staging.draft.address
    if validated.reasons.height or unread.height:
        reasons = build_reasons(
            validated.reasons,
            unread,
            part.candidates.texts,
            part.where,
            address,
            staging.wording,
        )
        write_rejected(staging.home, staging.rows, reasons, staging.receipt, staging.stem)


def _collect_doubts(part: Part, parsed: Parsed) -> pl.DataFrame | None:
    """Collect what no rule of the table sees: cells with units of their own, rows that are hidden or struck out."""
    if part.marks is None and not parsed.doubtful.height:
        return None
    flag = pl.lit("flag").alias("severity")
    doubts = parsed.doubtful.select("index", (pl.col("field") + "__" + pl.col("rule")).alias("rule"), flag)
    if part.marks is None:
        return doubts
    marked = pl.DataFrame({"mark": part.marks}).with_row_index("index").drop_nulls()
    return pl.concat([doubts, marked.select("index", (pl.lit("row__") + pl.col("mark")).alias("rule"), flag)])


def _report_malformed(part: Part) -> pl.DataFrame:
    """Report the lines that do not split, each by its rule."""
    return pl.concat(
        [
            pl.DataFrame({"index": index}).with_columns(field=pl.lit("row"), rule=pl.lit(rule))
            for rule, index in sorted(part.malformed.items())
        ]
        or [pl.DataFrame(schema=UNREAD)]
    )


def _add_lineage(staging: _DraftStaging, part: Part, parsed: Parsed) -> pl.DataFrame:
    receipt = staging.receipt
    lineage = {
        "county_code": receipt.county_code,
        "reporter_code": receipt.reporter_code,
        "contract": receipt.contract,
        "period": receipt.period,
        "delivery_id": receipt.delivery_id,
    }
    expressions: dict[str, pl.Expr] = {name: pl.lit(text) for name, text in lineage.items()}
    expressions["flags"] = pl.lit(None, dtype=pl.String)
    corrected = part.corrected
    expressions["corrected"] = pl.lit(None, dtype=pl.String) if corrected is None else pl.lit(corrected)
    frame = part.where.hstack(parsed.values)
    return frame.select(
        expressions.get(name, pl.col(name)).alias(name) for name in polars_schema(staging.model)
    )


def _keys(staging: _DraftStaging) -> list[str]:
    return [column.name for column in staging.table if column.key]


def _reject_duplicates(staging: _DraftStaging) -> None:
    """Reject rows that share a key after all parts are staged: only the whole delivery shows them."""
    if not staging.keys or not _keys(staging):
        return
    keys = pl.concat(staging.keys)
    twice = duplicates(keys, staging.model)
    if not twice.height:
        return
    where = keys.drop(_keys(staging))
    none = pl.DataFrame(schema=UNREAD)
    address = staging.draft.address
    reasons = build_reasons(
        twice,
        none,
        keys.select(_keys(staging)).cast(pl.String),
        where,
        address,
        staging.wording,
    )
    write_rejected(staging.home, staging.rows, reasons, staging.receipt, staging.stem)
    hidden = [column.name for column in staging.table if column.key and column.pii]
    rewrite_staged(staging.home, staging.rows, keys[twice["index"]].drop(hidden).drop("part", strict=False))


def _find_disagreements(staging: _DraftStaging, totals: list[ControlTotal], sums: Sums) -> list[Reason]:
    """Find reasons in printed totals; one over cells that could not be read neither agrees nor disagrees."""
    if staging.contract.totals != "must_agree" or staging.receipt.totals_accepted_by:
        return []
    headings = staging.draft.headings
    titles = {column.name: headings.get(column.name) or column.title for column in staging.table}
    return [
        refuse(
            "control_total", _describe_disagreement(total, titles.get(total.field)), total.sheet, total.cell
        )
        for total in totals
        if not total.agrees and total.field not in sums.unread
    ]


def _describe_disagreement(total: ControlTotal, heading: str | None) -> str:
    """Describe a total that is not the sum of its rows. heading: None for one that counts rows."""
    of = f"的“{heading}”" if heading else ""
    printed = "不是数字" if total.printed is None else f"{total.printed.normalize():f}"
    visible = "，只与未隐藏、未划去的各行相符（隐藏或划去的行也计入）" if total.fits_visible else ""
    return f"“{total.label}”{of}为 {printed}，各行相加为 {total.computed.normalize():f}{visible}；请核对后重新报送"


def _find_reasons_to_reject(contract: Contract, rows: WrittenRows) -> list[Reason]:
    rejected = rows.candidate - rows.accepted
    if contract.accept == "whole" and rejected:
        return [
            refuse("rejected_rows", f"有 {rejected} 行有错（见下列各条），整表退回；请改正后重新报送全表")
        ]
    if rows.candidate and not rows.accepted:
        return [refuse("rejected_rows", "各行都有错（见下列各条）；请改正后重新报送")]
    return []
