-- Party organisations at the end of the year; those without a division code are at the unknown one.
-- grain, key: org_code x year; sources: staged_party_org, dim_period, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.org_code,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.org_type,
  f.has_points_ledger,
  f.has_secretary_file,
  f.term_start_date
from staged_party_org as f
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = f.place_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
