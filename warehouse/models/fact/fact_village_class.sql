-- Villages as classified, on the list of divisions of the day that the classification was made on.
-- grain, key: township_code x village_name x year; sources: staged_village_class, dim_division
-- A village that this list does not have belongs to the township stated, or to none: no successor is guessed.
with placed as (
  select
    *,
    coalesce(village_code, township_code, 'unknown') as place_code
  from staged_village_class
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
  coalesce(f.township_code, 'unknown') as township_code,
  f.village_name,
  cast(f.period as integer) as year,
  f.reporter_code,
  f.village_code,
  coalesce(v.division_key, 'unknown') as division_key,
  f.village_class,
  f.basis_date
from placed as f
left join dim_division as v
  on v.division_code = f.place_code
  and f.basis_date >= v.lookup_from
  and f.basis_date < v.lookup_to
