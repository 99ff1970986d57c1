-- What is owed, what came of it, and whether in time.
-- grain, key: staged_table x reporter_code x period
-- sources: source_expected_delivery, source_delivery, source_control_total
with held as (
  select delivery_id, staged_table, reporter_code, period, rejected_rows
  from source_delivery
  where is_in_force
),

sent as (
  select
    staged_table,
    reporter_code,
    period,
    min(case when outcome = 'accepted' then received_at end) as first_accepted_at,
    count(*) filter (where outcome = 'accepted' and not is_in_force) as superseded,
    count(*) filter (where outcome = 'rejected') as rejected
  from source_delivery
  group by staged_table, reporter_code, period
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
  s.first_accepted_at,
  case
    when s.first_accepted_at is null then case when e.is_due then 'missing' else 'not_due' end
    when cast(s.first_accepted_at as date) > e.due_date then 'late'
    else 'on_time'
  end as timeliness,
  cast(coalesce(s.superseded, 0) as bigint) as superseded_deliveries,
  cast(coalesce(s.rejected, 0) as bigint) as rejected_deliveries,
  cast(coalesce(h.rejected_rows, 0) as bigint) as rejected_rows,
  cast(coalesce(d.totals, 0) as bigint) as disagreeing_totals
from source_expected_delivery as e
left join held as h
  on h.staged_table = e.staged_table and h.reporter_code = e.reporter_code and h.period = e.period
left join sent as s
  on s.staged_table = e.staged_table and s.reporter_code = e.reporter_code and s.period = e.period
left join disagreeing as d on d.delivery_id = h.delivery_id
