"""The quality page of a home: what it is made of is read here, and the page written, whenever a run ends."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from pipelines.pages.deliveries import described_deliveries
from pipelines.pages.outbox import find_answers
from pipelines.state.addresses import QUALITY_PAGE, pages_folder, ui_address
from pipelines.state.load_record import STATES, LoadRecord, read_records
from schemas.check_result import CheckResult, Finding
from sources.county.references import References, read_references
from sources.holding.home_states import home_states
from sources.holding.states import DeliveryStates
from sources.home.clock import SHANGHAI
from sources.home.folders import Home, write_whole
from sources.home.receipts import Receipt, read_receipts
from sources.staging.row_checks import row_findings
from warehouse.build.order import dependencies
from warehouse.build.publish import current, versions
from warehouse.checks.frames import read_checks
from warehouse.database.query import open_published
from warehouse.database.store import Store, VersionManifest
from warehouse.reports.quality.content import Load, Quality, Standing, content_of, standing_of
from warehouse.reports.quality.failing import gravest_first, without_values
from warehouse.reports.quality.html import to_html
from warehouse.reports.quality.listed import DeliveryLine
from warehouse.reports.quality.reading import Published, read_published
from warehouse.reports.quality.worklist import IsNew

SHOWN_LOADS = 30
_LOOKED_THROUGH = 1_000  # records: receiving leaves one every few minutes


def write_quality_page(root: Path) -> Path:
    """Write `pages/质量.html`, as things stand after the newest record of a load, unless it says so. Raises whatever fails."""
    path = pages_folder(root) / QUALITY_PAGE
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    page = to_html(read_quality(root), ui_address()).encode()
    if not path.exists() or path.read_bytes() != page:
        write_whole(path, page)
    return path


def read_quality(root: Path) -> Quality:
    """Read what the page of a home says. Raises LookupError where no run was ever recorded."""
    home, store = Home(root), Store(root)
    newest = next(read_records(root), None)
    if newest is None:
        raise LookupError(f"no run is recorded in {root}")
    looked_through = islice(read_records(root), _LOOKED_THROUGH)
    whole = list(islice((r for r in looked_through if r.state != "received"), SHOWN_LOADS)) or [newest]
    references, receipts = read_references(home.county), read_receipts(home)
    states = _states(home, references, receipts)
    published = current(store)
    deliveries = described_deliveries(
        receipts, states, _reporter_names(references), find_answers(home.outbox), whole[0].started_at
    )
    return content_of(
        [_load(record) for record in whole],
        _with_rows(home, states, _checks(store, whole[0], published)),
        deliveries,
        _read_published(store) if published else None,
        references.catalogue.built,
        personal_tables=references.catalogue.personal_tables,
        received_since=newest.ended_at if newest != whole[0] else None,
        is_synthetic=home.synthetic,
        cut_off=published.cut_off if published else None,
        indicators=_indicators(references),
        is_new=_newness(store, whole[0], deliveries),
    )


def _indicators(references: References) -> dict[str, list[str]]:
    """List the indicators by the tables that they are made of, staged tables by their facts."""
    by_table: dict[str, list[str]] = {}
    reads = dependencies(references.catalogue)
    for code, indicator in references.catalogue.indicators.items():
        facts = {term.table for _, term in indicator.terms}
        staged = {
            name.removeprefix("staged_")
            for fact in facts
            for name in reads[fact]
            if name.startswith("staged_")
        }
        for table in sorted(facts | staged):
            by_table.setdefault(table, []).append(code)
    return by_table


def _newness(store: Store, record: LoadRecord, deliveries: Iterable[DeliveryLine]) -> IsNew:
    """Tell what came with a load: findings of row rules with their delivery, others that the version before had not."""
    came = {delivery.delivery_id for delivery in deliveries if delivery.is_new}
    before: set[tuple[str, str, str]] | None = None
    if record.published:
        earlier = _version_before(store, record.version)
        results = read_checks(store.record(earlier)) if earlier else []
        before = {(c.table, c.name, finding.evidence) for c in results for finding in c.findings}

    def is_new(check: CheckResult, finding: Finding) -> bool:
        if check.kind in ("row_rule", "layout"):
            return finding.delivery_id in came
        return before is not None and (check.table, check.name, finding.evidence) not in before

    return is_new


def _version_before(store: Store, version: str | None) -> str | None:
    """Find the version that was published before one; None for the first."""
    names = [manifest.version for manifest in versions(store)]
    earlier = [name for name in names if version and name < version]
    return max(earlier, default=None)


def read_failing(root: Path) -> tuple[list[CheckResult], dict[str, str]]:
    """Read the failed checks of the published version, the gravest first, with rows; and the files of deliveries by id."""
    home, store = Home(root), Store(root)
    references, receipts = read_references(home.county), read_receipts(home)
    published = current(store)
    checks = read_checks(store.record(published.version)) if published else []
    states = _states(home, references, receipts)
    lines = described_deliveries(receipts, states, _reporter_names(references))
    with_rows = _with_rows(home, states, checks)
    personal = frozenset(references.catalogue.personal_tables)
    shown = without_values(with_rows, {line.delivery_id: line for line in lines}, personal)
    return gravest_first(shown), {line.delivery_id: line.file for line in lines}


def read_standing(root: Path) -> Standing:
    """Read what the published version of a home says. Raises NothingPublished."""
    store = Store(root)
    published = current(store)
    checks = read_checks(store.record(published.version)) if published else []
    home = Home(root)
    references, receipts = read_references(home.county), read_receipts(home)
    states = _states(home, references, receipts)
    deliveries = described_deliveries(receipts, states, _reporter_names(references))
    catalogue = references.catalogue
    return standing_of(
        _read_published(store),
        checks,
        deliveries,
        catalogue.built,
        catalogue.personal_tables,
    )


def _read_published(store: Store) -> Published:
    with open_published(store) as published:
        return read_published(published.rows)


def _load(record: LoadRecord) -> Load:
    return Load(
        ended_at=record.ended_at,
        run_id=record.run_id,
        state=record.state,
        outcome=STATES[record.state],
        version=record.version,
        deliveries=record.deliveries,
        rows=record.rows,
        checks=record.checks,
        open_rejected_deliveries=record.open_rejected_deliveries,
        score_pct=record.quality_score_pct,
    )


def _checks(store: Store, record: LoadRecord, published: VersionManifest | None) -> list[CheckResult]:
    """Read the checks of the build that was blocked, else those that the published version has passed."""
    if record.state == "blocked":
        return read_checks(store.last_build)
    return read_checks(store.record(published.version)) if published else []


def _states(home: Home, references: References, receipts: list[Receipt]) -> DeliveryStates:
    """Compute what the deliveries count for, as of the last that came."""
    latest = max((receipt.received_at for receipt in receipts), default=datetime.now(SHANGHAI))
    return home_states(home, references, receipts, latest)


def _with_rows(home: Home, states: DeliveryStates, checks: Iterable[CheckResult]) -> list[CheckResult]:
    """Add the rows that break row rules: the build keeps only how many."""
    broken: dict[str, Mapping[str, tuple[Finding, ...]]] = {}
    with_rows = []
    for check in checks:
        if check.kind == "row_rule" and not check.passed:
            table = check.table.removeprefix("staged_")
            if table not in broken:
                broken[table] = row_findings(
                    home, [receipt for receipt in states.open if receipt.table == table]
                )
            check = replace(check, findings=broken[table].get(check.name, ()))
        with_rows.append(check)
    return with_rows


def _reporter_names(references: References) -> dict[str, str]:
    return {reporter.code: reporter.name for reporter in references.reporters}
