-- Projects in villages and at sights, as the register has them at the end of the year.
-- grain, key: project_kind x site_name x year
-- sources: staged_village_project, dim_period, dim_reporter, dim_division
-- A site without a village is of the reporter's county.
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.project_kind,
  f.site_name,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  v.township_code,
  f.village_code,
  f.area_mu,
  f.invested_yuan,
  f.status
from staged_village_project as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_division as v
  on v.division_code = coalesce(f.village_code, r.division_code)
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
