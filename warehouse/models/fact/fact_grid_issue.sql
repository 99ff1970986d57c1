-- Tickets that grids took up, in each month in which one was opened or closed.
-- grain, key: ticket_number x year x month; sources: staged_grid_issue, dim_period, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.ticket_number,
  cast(substr(f.period, 1, 4) as integer) as year,
  cast(substr(f.period, 6, 2) as integer) as month,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.grid_code,
  f.category,
  f.opened_date,
  f.closed_date,
  f.is_resolved
from staged_grid_issue as f
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = f.place_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
