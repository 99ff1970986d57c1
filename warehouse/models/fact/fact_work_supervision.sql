-- Supervisions in townships and circulars, each in the quarter of its date.
-- grain, key: item_number x year x quarter
-- sources: staged_work_supervision, dim_period, dim_reporter, dim_division
-- A circular to the whole district is the reporter's division's, and of no township.
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.item_number,
  cast(substr(f.period, 1, 4) as integer) as year,
  cast(substr(f.period, 7, 1) as integer) as quarter,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  v.township_code,
  f.kind,
  f.item_date,
  f.problems_found,
  f.problems_rectified
from staged_work_supervision as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_division as v
  on v.division_code = coalesce(f.township_code, r.division_code)
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
