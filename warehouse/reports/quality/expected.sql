-- Deliveries that are or were due, with what became of them.
-- grain, key: staged_table x form_title x reporter_code x period; sources: dq_expected_delivery, dim_reporter
select
  e.staged_table, e.form_title, e.reporter_code, r.reporter_name, e.period, e.period_end_date, e.due_date,
  e.is_due, e.timeliness, e.first_accepted_at, e.superseded_deliveries, e.rejected_deliveries
from dq_expected_delivery as e
left join dim_reporter as r on r.reporter_code = e.reporter_code and r.is_current
order by e.staged_table, e.form_title, r.reporter_code, e.period_end_date
