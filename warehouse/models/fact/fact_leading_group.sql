-- Leading groups for rural work at the end of the year.
-- grain, key: group_name x year; sources: staged_leading_group, dim_period, dim_reporter, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.group_name,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  f.head_posts,
  f.office_name,
  f.is_staff_shared
from staged_leading_group as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_division as v
  on v.division_code = r.division_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
