-- Expected deliveries: whether each is in force, missing or not due, and whether it came on time.
-- grain, key: staged_table x reporter_code x period
-- sources: source_expected_delivery, source_delivery, source_control_total
with in_force as (
  select delivery_id, staged_table, reporter_code, period, rejected_rows
  from source_delivery
  where is_in_force
),

received as (
  select
    staged_table,
    reporter_code,
    period,
    min(case when outcome = 'accepted' then received_at end) as first_accepted_at,
    max(case when outcome = 'held' and is_open then 1 else 0 end) as held,
    count(*) filter (where outcome = 'accepted' and not is_in_force) as superseded,
    count(*) filter (where outcome = 'rejected') as rejected
  from source_delivery
  group by staged_table, reporter_code, period
),

disagreement as (
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
  e.is_early,
  f.delivery_id,
  case
    when f.delivery_id is not null then 'in_force'
    when r.held = 1 then 'held'
    when e.is_due then 'missing'
    else 'not_due'
  end as state,
  r.first_accepted_at,
  case
    when r.first_accepted_at is null then case when e.is_due then 'missing' else 'not_due' end
    when cast(r.first_accepted_at as date) > e.due_date then 'late'
    else 'on_time'
  end as timeliness,
  cast(coalesce(r.superseded, 0) as bigint) as superseded_deliveries,
  cast(coalesce(r.rejected, 0) as bigint) as rejected_deliveries,
  cast(coalesce(f.rejected_rows, 0) as bigint) as rejected_rows,
  cast(coalesce(d.totals, 0) as bigint) as disagreeing_totals
from source_expected_delivery as e
left join in_force as f
  on f.staged_table = e.staged_table and f.reporter_code = e.reporter_code and f.period = e.period
left join received as r
  on r.staged_table = e.staged_table and r.reporter_code = e.reporter_code and r.period = e.period
left join disagreement as d on d.delivery_id = f.delivery_id
