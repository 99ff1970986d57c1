-- Satisfaction of villagers by village and year.
-- grain, key: village_code x year; sources: staged_satisfaction_survey, dim_period, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.village_code,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.surveyed_persons,
  f.satisfied_persons
from staged_satisfaction_survey as f
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = f.village_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
