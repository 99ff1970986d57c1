"""Answers on deliveries, worked out without the warehouse's SQL."""

from schemas.catalogue import INDICATORS
from tests.warehouse.queries.answers.loaded_sample import Rows, Sample


def deliveries_in_doubt(sample: Sample) -> Rows:
    last = {r.key: r for r in sample.receipts if r.outcome != "duplicate"}
    counted = {r.key for r in sample.receipts if r.outcome == "accepted"}
    expected = {delivery.file.split("/")[-1]: delivery for delivery in sample.manifest.deliveries}
    rows = []
    for receipt in last.values():
        delivery = expected[receipt.file.name]
        is_accepted = delivery.outcome == "accepted"
        rejected, flagged = (
            len({row.row for row in delivery.rejected_rows}),
            len({row.row for row in delivery.flagged_rows}),
        )
        if is_accepted and not rejected and not flagged:
            continue
        if is_accepted:
            state = "部分行退回" if rejected else "有存疑的行"
        elif not receipt.table or not receipt.period:
            state = "整份退回，未认出表或报告期"
        else:
            state = "整份退回，仍用此前的报送" if receipt.key in counted else "整份退回，该期缺数"
        figures = _figures_of(receipt.table) or receipt.form_title or "未认出"
        names = (sample.reporter_names[delivery.reporter], receipt.file.name, receipt.period)
        rows.append((is_accepted, (*names, state, rejected, flagged, figures)))
    return [row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1][0], pair[1][2], pair[1][1]))]


def _figures_of(table: str) -> str:
    names = {
        indicator.name
        for indicator in INDICATORS.values()
        for _, term in indicator.terms
        if table in dict(term.needs)
    }
    return "、".join(sorted(names))
