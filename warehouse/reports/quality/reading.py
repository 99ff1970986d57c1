"""The input of the quality page: its queries on the published warehouse, and their rows as frames."""

from collections.abc import Callable
from dataclasses import dataclass, fields

import polars as pl

Query = Callable[[str], pl.DataFrame]


@dataclass(frozen=True)
class Published:
    """Rows as the queries in `SQL` give them, in the order in which the page shows them."""

    expected: pl.DataFrame
    scores: pl.DataFrame
    totals: pl.DataFrame
    printed_rules: pl.DataFrame
    outliers: pl.DataFrame
    corrections: pl.DataFrame
    reporters: pl.DataFrame


SQL = {
    "expected": """
select
  e.staged_table, e.form_title, e.reporter_code, r.reporter_name, e.period, e.period_end_date, e.due_date,
  e.timeliness, e.first_accepted_at, e.superseded_deliveries, e.rejected_deliveries
from dq_expected_delivery as e
left join dim_reporter as r on r.reporter_code = e.reporter_code
order by e.staged_table, e.form_title, r.reporter_code, e.period_end_date
""",
    "scores": """
select staged_table, form_title, completeness_pct, timeliness_pct, validity_pct, consistency_pct, score_pct
from dq_quality_score
order by score_pct, staged_table
""",
    "totals": """
select t.delivery_id, t.sheet_name, t.cell, t.field, t.label, t.printed, t.computed, t.agrees
from dq_control_total as t
inner join dq_delivery as d on d.delivery_id = t.delivery_id
where d.is_in_force
order by abs(t.printed - t.computed) desc, t.delivery_id, t.sheet_name, t.cell
""",
    "printed_rules": """
select
  p.delivery_id, p.sheet_name, p.cell as rule_cell, p.rule, p.is_understood, p.evaluated_records,
  v.cell, v.left_value, v.right_value
from dq_printed_rule as p
inner join dq_delivery as d on d.delivery_id = p.delivery_id
left join dq_printed_rule_violation as v
  on v.delivery_id = p.delivery_id and v.sheet_name = p.sheet_name and v.rule_cell = p.cell and v.rule = p.rule
where d.is_in_force
order by p.delivery_id, p.sheet_name, p.cell, p.rule, v.cell
""",
    "outliers": """
select
  o.fact_table, o.field, o.delivery_id, o.sheet_name,
  coalesce(p.cell, p.column_letters || o.sheet_row) as cell,
  o.reporter_code, o.period, o.value, o.basis, o.reference_value, o.ratio, o.compared_values, o.slip
from dq_outlier as o
left join dq_field_place as p
  on p.delivery_id = o.delivery_id and p.sheet_name = o.sheet_name and p.sheet_block = o.sheet_block
  and p.field = o.field
order by o.slip is null, abs(ln(nullif(abs(o.ratio), 0))) desc, o.delivery_id, o.sheet_name, o.sheet_row
""",
    "corrections": """
select
  c.correction_id, c.correction_file, c.staged_table, c.reporter_code, c.period, c.sheet_name, c.cell,
  c.expected_text, c.corrected_text, c.found_text, c.entered_by, c.entered_on, c.reason, c.state
from dq_correction as c
where c.state <> 'withdrawn'
order by c.state = 'applied', c.correction_file, c.correction_id
""",
    "reporters": """
select r.reporter_code, r.reporter_name, count(f.check_name) as findings
from dim_reporter as r
left join dq_finding as f on f.reporter_code = r.reporter_code
group by r.reporter_code, r.reporter_name
order by r.reporter_code
""",
}
"""Queries on the published warehouse; the page shows the first rows of each, and the query for all."""


def read_published(query: Query) -> Published:
    """Run every query. query: runs SQL on the published warehouse. Raises NothingPublished."""
    return Published(**{field.name: query(SQL[field.name]) for field in fields(Published)})
