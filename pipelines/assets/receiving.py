"""Receiving as assets: `intake`, and one asset per staged table with a check per row rule."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

import dagster as dg
import polars as pl

from pipelines.assets.checks import asset_check_results, check_specs
from pipelines.assets.forms import accepted_forms, form_key
from pipelines.assets.groups import INTAKE, group_of_form
from pipelines.assets.resources import HeldHome
from pipelines.assets.tables import column_schema, markdown, staging_key
from pipelines.disk_space import bytes_to_receive
from pipelines.pages.deliveries import file_of, files_of, why_held, why_rejected
from pipelines.settings import check_settings
from pipelines.state.event_log import UNCHANGED
from pipelines.state.progress import of
from sources.county.references import References, read_references
from sources.holding.stale import count_forms, stale_receipts
from sources.holding.states import DeliveryStates, State
from sources.home.clock import SHANGHAI
from sources.home.folders import Home
from sources.home.inbox import look
from sources.home.receipts import Receipt, RowCounts, in_order
from sources.home.soundness import set_aside_damaged
from sources.home.space import require_space
from sources.intake import receive
from sources.reading.worker import Reader
from sources.staging.files import rejected_paths
from sources.staging.row_checks import row_findings, row_rule_results
from warehouse.reports.quality.all_rows import rejected_rows_sql

SHOWN_ROWS = 50

_STATES: dict[State, str] = {
    "accepted": "接收",
    "held": "待核实",
    "rejected": "退回",
    "duplicate": "重复",
    "withdrawn": "撤回",
}
_RECEIVED: tuple[State, ...] = ("accepted", "held", "rejected", "duplicate")
_SHOWN_COLUMNS = ("sheet_name", "cell", "rule", "message", "value")
_log = logging.getLogger("xiangcang")


class Intake(dg.Config):
    """settle_seconds: a file is taken when its size and time of change are the same for so long."""

    settle_seconds: float = 2.0


@dg.asset(
    key="intake",
    group_name=INTAKE,
    kinds={"excel", "csv"},
    owners=["team:数据管理员"],
    description="收件：收件箱中写完的文件归档、读取、校验、暂存，并逐份出具回执",
)
def intake(context: dg.AssetExecutionContext, held: HeldHome, config: Intake) -> dg.MaterializeResult[None]:
    """Receive what is new; count it, report its forms, and list the deliveries to be sent again and held as things stand."""
    with held.step(context) as load:
        home = held.home
        references = read_references(home.county)
        check_settings(references)
        home.prepare()
        set_aside_damaged(home)  # before any receipt is read
        stale, waiting = stale_receipts(home, references), len(look(home))
        require_space(home.root, "收件", bytes_to_receive(home, stale))
        _log_stale(stale)
        _log.info(f"收件 {waiting} 个文件", extra=of(waiting + len(stale)))
        with Reader() as reader:
            received = receive(
                home,
                reader,
                now=now,
                settle_seconds=config.settle_seconds,
                references=references,
                on_receipt=_log_receipt,
                on_reread=_log_reread,
            )
        snapshot = held.snapshot(references)
        receipts, states = snapshot.receipts, snapshot.states
        for materialization in accepted_forms(r for r in received if states.state_of(r) == "accepted"):
            context.log_event(materialization)
        refused = states.awaited
        deliveries, rows = _delivery_counts(received, states), _row_counts(received)
        _log.info(f"暂存 {len(references.reported)} 种表", extra=of(len(references.reported)))
        load.receive(
            deliveries,
            rows,
            open_rejected_deliveries=len(refused),
            internal_errors=sum(receipt.is_internal_error for receipt in received),
        )
        return dg.MaterializeResult(
            data_version=_data_version(
                f"{r.delivery_id}.r{r.revision} {states.state_of(r)}" for r in receipts
            ),
            metadata={
                **{f"deliveries_{outcome}": count for outcome, count in deliveries.items()},
                **{f"rows_{kind}": count for kind, count in rows.items()},
                "open_rejected_deliveries": len(refused),
                "rejected_deliveries": dg.MetadataValue.md(_rejected_deliveries(refused)),
                "all_rejected_deliveries": "select * from dq_delivery where resend = 'awaited'",
                "held_deliveries_open": len(states.held),
                "held_deliveries": dg.MetadataValue.md(_held_deliveries(states)),
            },
        )


def staging_asset(table: str, references: References) -> dg.AssetsDefinition:
    """Define the asset of one staged table: its rows in force, with a check per row rule."""
    model, key = references.tables[table], staging_key(table)

    @dg.asset(
        key=key,
        deps=[intake, form_key(table)],
        group_name=group_of_form(references.catalogue, table),
        kinds={"polars", "parquet", "staging"},
        owners=["team:数据管理员"],
        description=_description(table, references),
        metadata={
            "dagster/column_schema": column_schema(model),
            "dagster/table_name": f"staged_{table}",
        },
        check_specs=check_specs(key, row_rule_results(references, table, [])),
    )
    def staged(
        context: dg.AssetExecutionContext, held: HeldHome
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with held.step(context) as load:
            states = held.snapshot(references).states
            counting = [receipt for receipt in states.counting if receipt.table == table]
            latest = [receipt for receipt in states.open if receipt.table == table]
            _log.debug(f"{table}：有效报送 {len(counting)} 份")
            version = _data_version(part.sha256 for r in counting for part in r.staged_files)
            metadata = _staged_metadata(held.home, table, counting, latest)
            yield dg.MaterializeResult(
                asset_key=key,
                data_version=version,
                metadata={UNCHANGED: True} if _stands(context, key, version, metadata) else metadata,
            )
            results = row_rule_results(
                references, table, latest, rejected_paths(held.home, latest), row_findings(held.home, latest)
            )
            load.check((key.to_user_string(), result) for result in results)
            yield from asset_check_results(key, results, files_of(latest))

    return staged


def now() -> datetime:
    """Read the clock, in the county's time zone."""
    return datetime.now(SHANGHAI)


def _description(table: str, references: References) -> str:
    forms = [contract.title[0] for contract in references.contracts.values() if contract.table == table]
    return f"{'、'.join(forms)}：有效报送中已接收的行"


def _data_version(parts: Iterable[str]) -> dg.DataVersion:
    """Equal while the same deliveries stand, so that nothing downstream is shown as out of date."""
    return dg.DataVersion(sha256("\n".join(sorted(parts)).encode()).hexdigest())


def _stands(
    context: dg.AssetExecutionContext, key: dg.AssetKey, version: dg.DataVersion, metadata: dict[str, Any]
) -> bool:
    """Whether the last materialization of an asset says what a new one would."""
    event = context.instance.get_latest_materialization_event(key)
    last = event.asset_materialization if event else None
    return (
        last is not None
        and (last.tags or {}).get("dagster/data_version") == version.value
        and last.metadata == dg.AssetMaterialization(key, metadata=metadata).metadata
    )


def _log_stale(stale: list[Receipt]) -> None:
    """Say what is read again, and why."""
    under_other_rules = [receipt for receipt in stale if not receipt.is_tried_again]
    if under_other_rules:
        forms = len(count_forms(under_other_rules))
        _log.info(f"规则或区县资料有改动，将重读 {forms} 种表 {len(under_other_rules)} 份")
    if tried := len(stale) - len(under_other_rules):
        _log.info(f"上次没能读写的 {tried} 份再试")


def _log_receipt(receipt: Receipt, state: State) -> None:
    rows = receipt.rows
    line = f"{_STATES[state]} {file_of(receipt)} {receipt.form_title} {receipt.period}"
    if receipt.outcome == "accepted":
        line += f"：{rows.accepted} 行" + (f"，退回 {rows.rejected} 行" if rows.rejected else "")
        corrected = sum(correction.applied for correction in receipt.corrections)
        line += f"，更正 {corrected} 格" if corrected else ""
    for reason in receipt.reasons[:1]:
        line += f"：{reason.message}"
    _log.debug(line)


def _log_reread(files: int, changed: int) -> None:
    _log.info(f"规则有改动，或暂存的行不在，重读 {files} 份，{changed} 份有变")


def _delivery_counts(received: list[Receipt], states: DeliveryStates) -> dict[str, int]:
    """Count deliveries by what became of them."""
    counts = Counter(states.state_of(receipt) for receipt in received)
    return {state: counts[state] for state in _RECEIVED}


def _row_counts(received: list[Receipt]) -> dict[str, int]:
    """Count rows by what became of them."""
    return {kind: sum(getattr(receipt.rows, kind) for receipt in received) for kind in RowCounts.model_fields}


def _rejected_deliveries(refused: list[Receipt]) -> str:
    if not refused:
        return "没有退回的报送"
    return markdown(
        ("文件", "表名", "报告期", "收到时间", "原因"),
        (
            (file_of(r), r.form_title, r.period, f"{r.received_at:%Y-%m-%d %H:%M}", why_rejected(r))
            for r in refused[::-1][:SHOWN_ROWS]
        ),
    )


def _held_deliveries(states: DeliveryStates) -> str:
    if not states.held:
        return "没有待核实的报送"
    return markdown(
        ("报送编号", "文件", "表名", "报告期", "收到时间", "原因"),
        (
            (
                r.delivery_id,
                file_of(r),
                r.form_title,
                r.period,
                f"{r.received_at:%Y-%m-%d %H:%M}",
                why_held(r, states),
            )
            for r in in_order(states.held.values())[::-1][:SHOWN_ROWS]
        ),
    )


def _staged_metadata(home: Home, table: str, force: list[Receipt], latest: list[Receipt]) -> dict[str, Any]:
    """Rows in force, and the rows that a steward must look at: those of the latest deliveries."""
    return {
        "dagster/row_count": sum(receipt.rows.accepted for receipt in force),
        "deliveries_in_force": len(force),
        "rows_flagged": sum(receipt.rows.flagged for receipt in force),
        "rows_rejected": sum(receipt.rows.rejected for receipt in latest),
        "rejected_rows": dg.MetadataValue.md(_rejected_rows(home, latest)),
        "all_rejected_rows": rejected_rows_sql(table),
    }


def _rejected_rows(home: Home, receipts: list[Receipt]) -> str:
    """Rejected rows of the newest deliveries, a line per reason; values of personal fields were never kept."""
    if not any(receipt.rows.rejected for receipt in receipts):
        return "没有退回的行"
    files = {receipt.delivery_id: file_of(receipt) for receipt in receipts}
    paths = rejected_paths(home, reversed(receipts))
    rejected = pl.scan_parquet(paths).filter(pl.col("severity") == "reject").head(SHOWN_ROWS).collect()
    return markdown(
        ("文件", "工作表", "单元格", "规则", "说明", "填报值"),
        (
            (files[row["delivery_id"]], *(row[name] for name in _SHOWN_COLUMNS))
            for row in rejected.iter_rows(named=True)
        ),
    )
