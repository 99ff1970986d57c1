-- Days from 2018-01-01 to 2030-12-31.
-- grain, key: calendar_date; sources: none
with digit as (
  select 0 as d
  union all select 1
  union all select 2
  union all select 3
  union all select 4
  union all select 5
  union all select 6
  union all select 7
  union all select 8
  union all select 9
),

day_number as (
  select ones.d + 10 * tens.d + 100 * hundreds.d + 1000 * thousands.d as n
  from digit as ones
  cross join digit as tens
  cross join digit as hundreds
  cross join digit as thousands
),

day as (
  select date '2018-01-01' + n as calendar_date
  from day_number
  where n < 4748
),

dated as (
  select
    calendar_date,
    cast(calendar_date as string) as iso_date,
    cast(extract(year from calendar_date) as integer) as year,
    cast(extract(quarter from calendar_date) as integer) as quarter,
    cast(extract(month from calendar_date) as integer) as month
  from day
)

select
  calendar_date,
  year,
  quarter,
  month,
  @month_start(calendar_date) as month_start_date,
  concat(
    substr(iso_date, 1, 4),
    case quarter when 1 then '-Q1' when 2 then '-Q2' when 3 then '-Q3' else '-Q4' end
  ) as quarter_label,
  substr(iso_date, 1, 7) as month_label
from dated
