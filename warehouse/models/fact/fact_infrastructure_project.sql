-- Projects of sewage, water supply and roads in villages, in each year in which they were carried out.
-- grain, key: project_number x year; sources: staged_infrastructure_project, dim_period, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.project_number,
  cast(f.period as integer) as year,
  f.reporter_code,
  f.village_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.project_kind,
  f.invested_yuan,
  f.completed_date
from staged_infrastructure_project as f
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = f.village_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
