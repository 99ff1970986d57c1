-- Years, quarters and months of each delivery in force: those it counts for, and those a year later.
-- grain, key: delivery_id x period x year_role; sources: source_delivery, dim_period
-- The year before of a delivery is the same reporter's of the same months: a year whose latest delivery is that of
-- its third quarter is compared with the third quarter of the year before.
with in_force as (
  select delivery_id, staged_table, reporter_code, period_end_date
  from source_delivery
  where is_in_force and period_end_date is not null
),

placed as (
  select
    d.delivery_id,
    d.staged_table,
    d.reporter_code,
    d.period_end_date,
    p.period,
    p.grain
  from in_force as d
  inner join dim_period as p on d.period_end_date >= p.start_date and d.period_end_date <= p.end_date
),

latest as (
  select staged_table, reporter_code, period, max(period_end_date) as period_end_date
  from placed
  group by staged_table, reporter_code, period
),

ranked as (
  select
    p.*,
    p.period_end_date = l.period_end_date as is_latest
  from placed as p
  inner join latest as l
    on l.staged_table = p.staged_table and l.reporter_code = p.reporter_code and l.period = p.period
),

year_before as (
  select
    b.delivery_id,
    r.period,
    r.grain,
    r.staged_table,
    max(case when r.is_latest and b.is_latest then 1 else 0 end) as latest
  from ranked as r
  inner join dim_period as m
    on m.grain = 'month' and r.period_end_date >= m.start_date and r.period_end_date <= m.end_date
  inner join ranked as b
    on b.grain = 'month'
    and b.period = m.previous_period
    and b.staged_table = r.staged_table
    and b.reporter_code = r.reporter_code
  group by b.delivery_id, r.period, r.grain, r.staged_table
)

select delivery_id, period, 'current' as year_role, grain, staged_table, is_latest
from ranked
union all
select delivery_id, period, 'previous' as year_role, grain, staged_table, latest = 1 as is_latest
from year_before
