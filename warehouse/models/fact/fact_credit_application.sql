-- Applications for credit, as they stood at the end of the year.
-- grain, key: institution_code x application_number x year
-- sources: staged_credit_application, dim_period, dim_reporter, dim_division
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
  f.application_number,
  cast(f.period as integer) as year,
  coalesce(v.division_key, 'unknown') as division_key,
  f.applicant_name,
  f.project_category,
  f.status,
  f.applied_yuan,
  f.granted_yuan
from staged_credit_application as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_division as v
  on v.division_code = r.division_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
