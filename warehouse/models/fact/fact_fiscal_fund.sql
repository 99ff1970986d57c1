-- Fiscal funds for rural revitalization by project, as they stood at the end of the year.
-- grain, key: project_number x year; sources: staged_fiscal_fund, dim_period, dim_reporter, dim_division
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
  coalesce(v.division_key, 'unknown') as division_key,
  v.township_code,
  f.level,
  f.project_name,
  f.budgeted_yuan,
  f.paid_yuan
from staged_fiscal_fund as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_division as v
  on v.division_code = coalesce(f.township_code, r.division_code)
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
