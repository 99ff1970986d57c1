"""Building as one asset that is never taken apart: every model built, every table checked, then published."""

import logging
from collections.abc import Iterator, Mapping

import dagster as dg

from pipelines.assets.checks import asset_check_results, check_specs
from pipelines.assets.due import due_as_of, holds_until
from pipelines.assets.forms import figure_links
from pipelines.assets.groups import group_of_model
from pipelines.assets.receiving import intake, now
from pipelines.assets.resources import HeldHome, Snapshot
from pipelines.assets.tables import column_schema, key_of_table, staging_key
from pipelines.disk_space import bytes_to_build
from pipelines.pages.deliveries import files_of
from pipelines.state.addresses import engine_address
from pipelines.state.event_log import UNCHANGED
from pipelines.state.open_load import OpenLoad
from pipelines.state.progress import of
from schemas.catalogue import Catalogue
from schemas.check_result import CheckResult
from sources.county.expected import Expected
from sources.county.lists.divisions import DIVISION_LIST
from sources.county.lists.plausible_bands import BANDS, read_plausible_bands
from sources.county.references import References
from sources.holding.decision_tables import confirmed_finding_frame, settled_period_frame
from sources.holding.decisions import read_finding_decisions, read_period_decisions
from sources.holding.missing_units import missing_unit_frame
from sources.home.archive import keep_list
from sources.home.folders import Home
from sources.home.receipts import Receipt, read_receipts
from sources.home.space import require_space
from sources.source_tables import (
    answer_frame,
    control_total_frame,
    correction_frame,
    delivery_frame,
    expected_frame,
    expected_in,
    field_place_frame,
    printed_rule_frame,
    printed_rule_violation_frame,
    reference_frames,
)
from sources.staging.files import rejected_paths, staged_paths
from sources.staging.row_checks import row_rule_results
from warehouse.build.build import build
from warehouse.build.inputs import Inputs
from warehouse.build.order import dependencies, model_names
from warehouse.build.publish import Blocked, is_up_to_date, is_whole, last_version, latest, publish, recover
from warehouse.build.steps import NOTHING
from warehouse.checks.frames import read_checks, write_checks
from warehouse.checks.table_checks import all_checks
from warehouse.database.describe import table_comment
from warehouse.database.engine import Source
from warehouse.database.engines import show_published
from warehouse.database.store import Store, VersionManifest

_log = logging.getLogger("xiangcang")


class Building(dg.Config):
    """rebuild: make every table again, also those that would be made of the same."""

    rebuild: bool = False


def warehouse_asset(references: References) -> dg.AssetsDefinition:
    """Build, check and publish: no table can be published alone."""
    catalogue = references.catalogue
    checks = all_checks(catalogue, read_plausible_bands(references.folder / BANDS, catalogue))

    @dg.multi_asset(
        name="warehouse",
        specs=[_model_spec(model, references) for model in model_names(catalogue)],
        check_specs=[
            spec
            for model in model_names(catalogue)
            for spec in check_specs(key_of_table(model), [check for check in checks if check.table == model])
        ],
    )
    def warehouse(
        context: dg.AssetExecutionContext, held: HeldHome, config: Building
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        with held.step(context) as load:
            store, now_held = held.store, held.snapshot(references)
            recover(store)
            must_rebuild = config.rebuild or not is_whole(store)
            files = files_of(now_held.receipts)
            expected = expected_now(held.home, references, now_held)
            load.hold_until(holds_until(held.home, expected, read_receipts(held.home), now_held.cut_off))
            is_shown = show_published(engine_address(), store.current)
            inputs = Inputs(catalogue, build_sources(held.home, references, now_held))
            if is_shown and not must_rebuild and is_up_to_date(store, inputs.fingerprint):
                yield from _unchanged(catalogue, store, load, files)
                return
            require_space(store.root, "建库", bytes_to_build(store, now_held.states.counting))
            _log.info(f"建表 {len(model_names(catalogue))} 张", extra=of(len(model_names(catalogue))))
            built = build(
                inputs,
                out=store.building,
                cut_off=now_held.cut_off,
                synthetic=held.home.synthetic,
                row_checks=row_checks(held.home, references, now_held.states.open),
                last=NOTHING if must_rebuild else last_version(store),
                on_model=_log_model,
                engine_address=engine_address(),
            )
            write_checks(store.last_build, built.checks)
            results = _results(catalogue, built.checks)
            load.check(_named(results))
            try:
                manifest = publish(store, built, fingerprint=inputs.fingerprint, now=now())
            except Blocked as blocked:
                yield from _check_results(results, files)
                raise dg.Failure(str(blocked), allow_retries=False) from blocked
            show_published(engine_address(), store.current)
            load.publish(manifest.version)
            _log.info(f"发布 版本 {manifest.version}")
            yield from _published(catalogue, manifest, built.remade)
            yield from _check_results(results, files)  # the UI knows them by the tables before them

    return warehouse


def build_sources(home: Home, references: References, snapshot: Snapshot) -> Mapping[str, Source]:
    """Collect everything the build reads, as it stands at the cut-off, by the name of its relation."""
    receipts, states = snapshot.receipts, snapshot.states
    counting = states.counting
    staged = staged_paths(home, counting, references.tables)
    expected = expected_now(home, references, snapshot)
    corrections = references.with_corrections(home.corrections).corrections
    keep_list(home, references.folder / DIVISION_LIST)
    return {
        **{f"staged_{table}": paths for table, paths in staged.items()},
        **reference_frames(references),
        "source_delivery": delivery_frame(references, receipts, states),
        "source_expected_delivery": expected_frame(expected),
        "source_missing_unit": missing_unit_frame(home, references, states, expected),
        "source_field_place": field_place_frame(counting),
        "source_rejected_row": rejected_paths(home, receipts),
        "source_control_total": control_total_frame(receipts),
        "source_confirmed_finding": confirmed_finding_frame(read_finding_decisions(home)),
        "source_settled_period": settled_period_frame(read_period_decisions(home)),
        "source_answer": answer_frame(receipts),
        "source_correction": correction_frame(corrections, states),
        "source_printed_rule": printed_rule_frame(receipts),
        "source_printed_rule_violation": printed_rule_violation_frame(receipts),
    }


def expected_now(home: Home, references: References, snapshot: Snapshot) -> list[Expected]:
    """List the deliveries that are expected as of the cut-off."""
    due_on = due_as_of(home, snapshot.receipts, snapshot.cut_off)
    return expected_in(references, snapshot.receipts, snapshot.states, due_on)


def _log_model(model: str, rows: int | None) -> None:
    _log.debug(f"{model}：{f'{rows:,} 行' if rows is not None else '视图'}")


def _model_spec(model: str, references: References) -> dg.AssetSpec:
    """Describe the asset of a model. It is skippable: where nothing has changed, no table is made anew."""
    key, catalogue = key_of_table(model), references.catalogue
    return dg.AssetSpec(
        key,
        deps=sorted(
            {dep for relation in dependencies(catalogue)[model] if (dep := _upstream(references, relation))}
        ),
        skippable=True,
        group_name=group_of_model(catalogue, model),
        kinds={"duckdb", "sql", key.path[0]},
        owners=["team:数据管理员"],
        description=table_comment(catalogue.built[model]),
        metadata={
            "dagster/column_schema": column_schema(catalogue.built[model]),
            "dagster/table_name": model,
            **(figure_links(references) if model == "mart_figure" else {}),
        },
    )


def _upstream(references: References, relation: str) -> dg.AssetKey | None:
    """Find the asset that a relation comes from; None for reference data and what the build records of itself."""
    if relation in references.catalogue.built:
        return key_of_table(relation)
    if relation.removeprefix("staged_") in references.reported:
        return staging_key(relation.removeprefix("staged_"))
    if relation in _FROM_RECEIPTS:
        return intake.key
    return None


_FROM_RECEIPTS = {
    "source_answer",
    "source_delivery",
    "source_rejected_row",
    "source_control_total",
    "source_correction",
    "source_printed_rule",
    "source_printed_rule_violation",
}


def row_checks(home: Home, references: References, deliveries: list[Receipt]) -> list[CheckResult]:
    """Count the rows of these deliveries that break each row rule of every table."""
    results = []
    for table in references.reported:
        of_table = [receipt for receipt in deliveries if receipt.table == table]
        results += row_rule_results(references, table, of_table, rejected_paths(home, of_table))
    return results


def _results(catalogue: Catalogue, checks: list[CheckResult]) -> dict[dg.AssetKey, list[CheckResult]]:
    """Gather the table checks by asset; the row rules are reported by the staging assets."""
    by_asset: dict[dg.AssetKey, list[CheckResult]] = {}
    for check in checks:
        if check.table in catalogue.built:
            by_asset.setdefault(key_of_table(check.table), []).append(check)
    return by_asset


def _named(results: Mapping[dg.AssetKey, list[CheckResult]]) -> Iterator[tuple[str, CheckResult]]:
    return ((key.to_user_string(), check) for key, of_asset in results.items() for check in of_asset)


def _check_results(
    results: Mapping[dg.AssetKey, list[CheckResult]], files: Mapping[str, str]
) -> Iterator[dg.AssetCheckResult]:
    for key, of_asset in results.items():
        yield from asset_check_results(key, of_asset, files)


def _published(
    catalogue: Catalogue, manifest: VersionManifest, remade: frozenset[str]
) -> Iterator[dg.MaterializeResult[None]]:
    """Report the tables: those that were made anew with their rows, the others so that what follows them runs."""
    for model in model_names(catalogue):
        rows = {"dagster/row_count": manifest.row_counts[model]} if model in manifest.row_counts else {}
        metadata: dict[str, dg.RawMetadataValue] = {**rows, "version": manifest.version}
        if model not in remade:
            metadata = {UNCHANGED: True}
        yield dg.MaterializeResult(asset_key=key_of_table(model), metadata=metadata)


def _unchanged(
    catalogue: Catalogue, store: Store, load: OpenLoad, files: Mapping[str, str]
) -> Iterator[dg.AssetCheckResult]:
    """Report no table, of which none is built; the checks hold as they did for the same inputs."""
    newest = latest(store)
    if newest is None:
        raise RuntimeError("nothing is published that could be up to date")
    _log.info(f"没有改动，不重建、不发布；最近版本 {newest.version}")
    results = _results(catalogue, read_checks(store.record(newest.version)))
    load.check(_named(results))
    yield from _check_results(results, files)
