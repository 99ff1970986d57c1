-- Income of sampled rural households by source; a sample of the county, so townships are left out.
-- grain, key: household_key x year; sources: staged_income_survey, dim_period, dim_reporter, dim_division
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
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  f.resident_persons,
  f.weight,
  f.wage_income_yuan,
  f.business_income_yuan,
  f.property_income_yuan,
  f.transfer_income_yuan,
  f.disposable_income_yuan
from staged_income_survey as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_division as v
  on v.division_code = r.division_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
