"""Answers on deliveries, worked out without the warehouse's SQL."""

from tests.district import INDICATORS
from tests.warehouse.queries.answers.loaded_sample import Rows, Sample


def deliveries_in_doubt(sample: Sample) -> Rows:
    accepted = [r for r in sample.receipts if r.outcome == "accepted"]
    last = {r.key: r for r in accepted}
    meant = {delivery.file.split("/")[-1]: delivery for delivery in sample.manifest.deliveries}
    rows = []
    for receipt in [r for r in sample.receipts if r.outcome == "rejected"] + list(last.values()):
        delivery = meant[receipt.file.name]
        rejected, flagged = (
            len({row.row for row in delivery.rejected_rows}),
            len({row.row for row in delivery.flagged_rows}),
        )
        since = [r for r in accepted if r.received_at > receipt.received_at]
        if receipt.outcome == "accepted":
            if not rejected and not flagged:
                continue
            state = "部分行退回" if rejected else "有存疑的行"
        elif not receipt.table or not receipt.period:
            is_sent = any(r.reporter_code == delivery.reporter for r in since)
            state = "整份退回，或已重报" if is_sent else "整份退回，未认出表或报告期"
        elif any(r.key == (delivery.table, delivery.reporter, delivery.period) for r in since):
            continue
        else:
            state = "整份退回，仍用此前的报送" if receipt.key in last else "整份退回，该期缺数"
        figures = _figures_of(receipt.table) or receipt.form_title or "未认出"
        names = (sample.reporter_names[delivery.reporter], receipt.file.name, receipt.period)
        rows.append((receipt.outcome == "accepted", (*names, state, rejected, flagged, figures)))
    return [row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1][0], pair[1][2], pair[1][1]))]


def _figures_of(table: str) -> str:
    names = {
        indicator.name
        for indicator in INDICATORS.values()
        for _, term in indicator.terms
        if table in dict(term.needs)
    }
    return "、".join(sorted(names))
