-- Each delivery in force and the one of a year earlier: the same reporter's of the same form and months.
-- grain, key: delivery_id; sources: source_delivery, dim_period
-- Of several deliveries of a month, the last one is compared.
with in_force as (
  select
    d.delivery_id,
    d.staged_table,
    d.reporter_code,
    d.period_end_date,
    p.period as month,
    p.previous_period as previous_month
  from source_delivery as d
  inner join dim_period as p
    on p.grain = 'month' and d.period_end_date >= p.start_date and d.period_end_date <= p.end_date
  where d.is_in_force
),

last_day as (
  select staged_table, reporter_code, month, max(period_end_date) as period_end_date
  from in_force
  group by staged_table, reporter_code, month
),

last_of_month as (
  select f.*
  from in_force as f
  inner join last_day as l
    on l.staged_table = f.staged_table
    and l.reporter_code = f.reporter_code
    and l.month = f.month
    and l.period_end_date = f.period_end_date
)

select d.delivery_id, b.delivery_id as previous_delivery_id
from last_of_month as d
inner join last_of_month as b
  on b.staged_table = d.staged_table and b.reporter_code = d.reporter_code and b.month = d.previous_month
