-- Points and stars of party members by quarter.
-- grain, key: member_key x reporter_code x year x quarter
-- sources: staged_member_points, dim_party_org, dim_reporter, dim_period, dim_division
-- A member of an organisation whose place is not known is in the township that reports.
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.member_key,
  f.reporter_code,
  cast(substr(f.period, 1, 4) as integer) as year,
  cast(substr(f.period, 7, 1) as integer) as quarter,
  f.org_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.opening_points,
  f.base_points,
  f.award_points,
  f.deducted_points,
  f.closing_points,
  f.star
from staged_member_points as f
left join dim_party_org as o on o.org_code = f.org_code
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = coalesce(o.place_code, r.division_code)
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
