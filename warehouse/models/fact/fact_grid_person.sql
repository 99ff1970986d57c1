-- Persons who serve on grids, with their roles, at the end of the year.
-- grain, key: person_key x role x grid_code x reporter_code x year
-- sources: staged_grid_person, dim_period, dim_reporter, dim_division
-- A grid's code begins with that of its village or community; where that is not on the list, the reporter's
-- division is taken.
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.person_key,
  f.role,
  f.grid_code,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, t.division_key, 'unknown') as division_key,
  coalesce(v.township_code, t.township_code, 'unknown') as township_code,
  f.employment,
  f.building_number,
  f.unit_number
from staged_grid_person as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r
  on r.reporter_code = f.reporter_code
  and p.end_date >= r.lookup_from
  and p.end_date < r.lookup_to
left join dim_division as v
  on v.division_code = substr(f.grid_code, 1, 12)
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
left join dim_division as t
  on t.division_code = r.division_code
  and p.end_date >= t.lookup_from
  and p.end_date < t.lookup_to
