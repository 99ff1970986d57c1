-- Credit to whole villages, as it stands at the end of the quarter.
-- grain, key: institution_code x village_code x period; sources: staged_village_credit, dim_period, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.reporter_code as institution_code,
  f.village_code,
  cast(substr(f.period, 1, 4) as integer) as year,
  cast(substr(f.period, 7, 1) as integer) as quarter,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.cluster,
  f.filed_households,
  f.rated_households,
  f.granted_households,
  f.drawn_households,
  f.granted_yuan,
  f.drawn_yuan,
  f.is_credit_village
from staged_village_credit as f
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = f.village_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
