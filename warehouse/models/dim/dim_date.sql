-- Days of 2018 to 2030, and of earlier and later years that deliveries in force are of, with a year on either side.
-- grain, key: calendar_date; sources: source_delivery
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
  select ones.d + 10 * tens.d + 100 * hundreds.d + 1000 * thousands.d + 10000 * myriads.d as n
  from digit as ones
  cross join digit as tens
  cross join digit as hundreds
  cross join digit as thousands
  cross join digit as myriads
),

bounds as (
  select
    least(2018, coalesce(min(extract(year from period_end_date)) - 1, 2018)) as first_year,
    greatest(2030, coalesce(max(extract(year from period_end_date)) + 1, 2030)) as last_year
  from source_delivery
  where is_in_force
),

day as (
  select date '1900-01-01' + n as calendar_date
  from day_number
),

dated as (
  select
    calendar_date,
    cast(calendar_date as string) as iso_date,
    cast(extract(year from calendar_date) as integer) as year,
    cast(extract(quarter from calendar_date) as integer) as quarter,
    cast(extract(month from calendar_date) as integer) as month
  from day
  inner join bounds
    on extract(year from calendar_date) >= bounds.first_year
    and extract(year from calendar_date) <= bounds.last_year
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
