-- What is owed, and what came of it.
-- grain, key: staged_table x reporter_code x period
-- sources: source_expected_delivery, source_delivery, source_control_total
with held as (
  select delivery_id, staged_table, reporter_code, period, rejected_rows
  from source_delivery
  where is_in_force
),

disagreeing as (
  select delivery_id, count(*) as totals
  from source_control_total
  where not agrees
  group by delivery_id
)

select
  e.staged_table,
  e.form_title,
  e.reporter_code,
  e.period,
  e.period_end_date,
  e.due_date,
  e.is_due,
  h.delivery_id,
  case when h.delivery_id is not null then 'in_force' when e.is_due then 'missing' else 'not_due' end as state,
  cast(coalesce(h.rejected_rows, 0) as bigint) as rejected_rows,
  cast(coalesce(d.totals, 0) as bigint) as disagreeing_totals
from source_expected_delivery as e
left join held as h
  on h.staged_table = e.staged_table and h.reporter_code = e.reporter_code and h.period = e.period
left join disagreeing as d on d.delivery_id = h.delivery_id
