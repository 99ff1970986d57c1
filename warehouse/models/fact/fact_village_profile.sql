-- Villages as reported at the end of the year.
-- grain, key: village_code x year; sources: staged_village_profile, dim_division
with dated as (
  select
    *,
    cast(substr(period, 1, 4) as integer) as year,
    cast(concat(substr(period, 1, 4), '-12-31') as date) as year_end_date
  from staged_village_profile
)

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
  f.year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.registered_households,
  f.registered_persons,
  f.resident_persons,
  f.has_bus_service,
  f.sanitary_toilet_households,
  f.has_waste_collection,
  f.has_daily_waste_clearance,
  f.has_sewage_treatment,
  f.tap_water_households,
  f.has_hardened_road
from dated as f
left join dim_division as v
  on v.division_code = f.village_code
  and f.year_end_date >= v.lookup_from
  and f.year_end_date < v.lookup_to
