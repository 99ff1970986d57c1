-- The corrected cells of the rows that a figure is counted from.
-- grain, key: correction; sources: mart_figure_row, dq_correction, dq_delivery
-- parameters: indicator_code, period, division_code
select distinct
  d.file_name, k.sheet_name, k.cell, k.field, k.expected_text, k.corrected_text, k.entered_by, k.entered_on,
  k.reason, k.correction_id
from mart_figure_row as r
inner join dq_correction as k
  on k.delivery_id = r.delivery_id
  and k.sheet_name = r.sheet_name
  and (k.sheet_row is null or (k.sheet_block = r.sheet_block and k.sheet_row = r.sheet_row))
  and list_contains(string_split(r.corrected, ';'), k.field)
inner join dq_delivery as d on d.delivery_id = r.delivery_id
where k.state = 'applied' and r.indicator_code = $indicator_code and r.period = $period and r.is_counted and r.year_role = 'current'
  and $division_code in (r.place_code, r.township_code, concat(r.county_code, '000000'))
order by d.file_name, k.sheet_name, k.cell
