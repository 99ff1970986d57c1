-- Measures for weak party organisations as they stand at the end of the year.
-- grain, key: org_code x measure_type x year
-- sources: staged_weak_party_org, dim_party_org, dim_period, dim_division
-- An organisation is rectified when every measure that its ledger lists is completed and cleared.
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
  f.measure_type,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(o.org_key, 'unknown') as org_key,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.listed_date,
  year(f.listed_date) = cast(f.period as integer) as is_listed_in_year,
  f.plan_number,
  f.is_completed,
  f.completed_date,
  f.is_cleared,
  min(case when f.is_completed and f.is_cleared then 1 else 0 end) over (
    partition by f.period, f.org_code
  ) = 1 as is_org_rectified
from staged_weak_party_org as f
left join dim_period as p on p.period = f.period
left join dim_party_org as o
  on o.org_code = f.org_code
  and p.end_date >= o.lookup_from
  and p.end_date < o.lookup_to
left join dim_division as v
  on v.division_code = o.place_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
