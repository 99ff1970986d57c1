-- Years, quarters and months of each delivery in force: those it counts for, and those a year later.
-- grain, key: delivery_id x period x year_role; sources: source_delivery, source_expected_delivery, dim_period
-- The year before of a delivery is the same reporter's of the same months: a year whose latest delivery is that of
-- its third quarter is compared with the third quarter of the year before. A stock stands until the next one is due:
-- in periods between, of which the reporter sends none and others do, it is carried on.
with in_force as (
  select delivery_id, staged_table, reporter_code, frame, period_end_date
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

stock_date as (
  select staged_table, reporter_code, period_end_date
  from in_force
  where frame = 'stock'
  union
  select e.staged_table, e.reporter_code, e.period_end_date
  from source_expected_delivery as e
  inner join in_force as d
    on d.staged_table = e.staged_table and d.reporter_code = e.reporter_code and d.frame = 'stock'
),

next_stock_date as (
  select
    staged_table,
    reporter_code,
    period_end_date,
    lead(period_end_date) over (
      partition by staged_table, reporter_code order by period_end_date nulls last
    ) as next_date
  from stock_date
),

of_others as (
  select distinct staged_table, period
  from placed
),

carried as (
  select
    d.delivery_id,
    d.staged_table,
    d.reporter_code,
    d.period_end_date,
    p.period,
    p.grain
  from in_force as d
  inner join next_stock_date as n
    on n.staged_table = d.staged_table
    and n.reporter_code = d.reporter_code
    and n.period_end_date = d.period_end_date
  inner join dim_period as p on p.start_date > d.period_end_date and p.end_date < n.next_date
  inner join of_others as o on o.staged_table = d.staged_table and o.period = p.period
  where d.frame = 'stock'
),

latest as (
  select staged_table, reporter_code, period, max(period_end_date) as period_end_date
  from placed
  group by staged_table, reporter_code, period
),

ranked as (
  select
    p.*,
    p.period_end_date = l.period_end_date as is_latest,
    false as is_carried
  from placed as p
  inner join latest as l
    on l.staged_table = p.staged_table and l.reporter_code = p.reporter_code and l.period = p.period
  union all
  select *, true as is_latest, true as is_carried
  from carried
),

year_before as (
  select
    b.delivery_id,
    b.period_end_date,
    r.period,
    r.grain,
    r.staged_table,
    r.reporter_code,
    max(case when r.is_latest and b.is_latest then 1 else 0 end) as latest,
    max(case when r.is_carried then 1 else 0 end) as carried
  from ranked as r
  inner join dim_period as m
    on m.grain = 'month' and r.period_end_date >= m.start_date and r.period_end_date <= m.end_date
  inner join ranked as b
    on b.grain = 'month'
    and not b.is_carried
    and b.period = m.previous_period
    and b.staged_table = r.staged_table
    and b.reporter_code = r.reporter_code
  group by b.delivery_id, b.period_end_date, r.period, r.grain, r.staged_table, r.reporter_code
)

select
  delivery_id,
  period,
  'current' as year_role,
  grain,
  staged_table,
  reporter_code,
  period_end_date,
  is_latest,
  is_carried
from ranked
union all
select
  delivery_id,
  period,
  'previous' as year_role,
  grain,
  staged_table,
  reporter_code,
  period_end_date,
  latest = 1 as is_latest,
  carried = 1 as is_carried
from year_before
