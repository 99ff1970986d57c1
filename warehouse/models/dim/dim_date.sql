-- Days of the years that deliveries in force, or expected, and the lists that divisions are counted on are of, with a year
-- on either side.
-- grain, key: calendar_date; sources: source_delivery, source_expected_delivery, ref_division
-- Where loans are reported, the months from which they are cumulated are among them.
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

needed as (
  select period_end_date as needed_date
  from source_delivery
  where is_in_force
  union all
  select period_end_date as needed_date
  from source_expected_delivery
  union all
  select @loan_cumulative_start() as needed_date
  from source_delivery
  where is_in_force and staged_table in ('loan_note', 'loan_transaction')
  union all
  select date '2020-06-30' as needed_date
  from ref_division
  union all
  select date '2022-10-31' as needed_date
  from ref_division
),

bounds as (
  select
    extract(year from min(needed_date)) - 1 as first_year,
    extract(year from max(needed_date)) + 1 as last_year
  from needed
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
