-- Years, quarters and months, each with the same period of the year before.
-- grain, key: period; sources: dim_date
with labelled as (
  select
    'year' as grain,
    year,
    cast(null as integer) as quarter,
    cast(null as integer) as month,
    0 as position,
    substr(month_label, 1, 4) as period,
    calendar_date
  from dim_date
  union all
  select 'quarter' as grain, year, quarter, cast(null as integer) as month, quarter as position, quarter_label as period, calendar_date
  from dim_date
  union all
  select 'month' as grain, year, quarter, month, month as position, month_label as period, calendar_date
  from dim_date
),

bounded as (
  select
    grain,
    year,
    quarter,
    month,
    position,
    period,
    min(calendar_date) as start_date,
    max(calendar_date) as end_date
  from labelled
  group by grain, year, quarter, month, position, period
)

select
  b.period,
  b.grain,
  b.year,
  b.quarter,
  b.month,
  b.start_date,
  b.end_date,
  p.period as previous_period,
  p.start_date as previous_start_date,
  p.end_date as previous_end_date
from bounded as b
left join bounded as p on p.grain = b.grain and p.year = b.year - 1 and p.position = b.position
