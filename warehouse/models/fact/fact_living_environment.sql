-- Waste, sewage and toilets of villages: the first two as of the end of each month, toilets as the month's flow.
-- grain, key: village_code x year x month; sources: staged_living_environment, dim_period, dim_division
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
  cast(substr(f.period, 1, 4) as integer) as year,
  cast(substr(f.period, 6, 2) as integer) as month,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.households,
  f.waste_collected_households,
  f.has_daily_clearance,
  f.cleaners,
  f.has_equipment,
  f.has_rules,
  f.contractor_name,
  f.toilets_new_households,
  f.toilets_repaired,
  f.problem_toilets_found,
  f.problem_toilets_fixed,
  f.sewage_treated_households
from staged_living_environment as f
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = f.village_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
