-- Which years, quarters and months each delivery in force counts for, and of which it is the year before.
-- grain, key: delivery_id x period x year_role; sources: source_delivery, dim_period
-- The year before of a delivery is the same reporter's of the same months: a year that is told by its third
-- quarter so far is compared with the third quarter of the year before.
with held as (
  select delivery_id, staged_table, reporter_code, period_end_date
  from source_delivery
  where is_in_force and period_end_date is not null
),

placed as (
  select
    h.delivery_id,
    h.staged_table,
    h.reporter_code,
    h.period_end_date,
    p.period,
    p.grain
  from held as h
  inner join dim_period as p on h.period_end_date >= p.start_date and h.period_end_date <= p.end_date
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
