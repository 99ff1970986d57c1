-- Cadres who work with weak party organisations in the year, also those sent earlier.
-- grain, key: cadre_key x org_code x year
-- sources: staged_dispatched_cadre, dim_party_org, dim_period, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.cadre_key,
  f.org_code,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(o.org_key, 'unknown') as org_key,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.role,
  f.dispatched_date,
  year(f.dispatched_date) = cast(f.period as integer) as is_sent_in_year
from staged_dispatched_cadre as f
left join dim_period as p on p.period = f.period
left join dim_party_org as o
  on o.org_code = f.org_code
  and p.end_date >= o.lookup_from
  and p.end_date < o.lookup_to
left join dim_division as v
  on v.division_code = o.place_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
