-- Households at risk of poverty, as they stand at the end of the quarter.
-- grain, key: household_key x period; sources: staged_monitored_household, dim_period, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.household_key,
  cast(substr(f.period, 1, 4) as integer) as year,
  cast(substr(f.period, 7, 1) as integer) as quarter,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.category,
  f.monitored_persons,
  f.found_date,
  f.is_helped,
  f.cleared_date
from staged_monitored_household as f
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = f.village_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
