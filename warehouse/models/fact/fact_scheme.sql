-- Items of the district's schemes at the end of the year.
-- grain, key: scheme_name x item_order x year; sources: staged_scheme, dim_period, dim_reporter, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.scheme_name,
  f.item_order,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  f.item_name
from staged_scheme as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_division as v
  on v.division_code = r.division_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
