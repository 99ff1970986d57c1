-- Grids of villages and communities at the end of the year.
-- grain, key: grid_code x reporter_code x year; sources: staged_grid, dim_period, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.grid_code,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.grid_name,
  f.has_party_group,
  f.party_group_name,
  f.households,
  f.party_centre_households,
  f.buildings
from staged_grid as f
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = f.place_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
