-- The counted rows of a figure of which a check doubts a field that the figure reads, with the cells.
-- grain: row x field x check; sources: mart_figure_row, dq_doubt, dq_delivery, dq_field_place, dim_indicator
-- parameters: indicator_code, period, division_code
select distinct
  d.file_name,
  q.sheet_name,
  coalesce(p.cell, concat(p.column_letters, cast(q.sheet_row as varchar)), cast(q.sheet_row as varchar)) as cell,
  q.field,
  q.value,
  q.check_name,
  q.row_key
from mart_figure_row as r
inner join dim_indicator as i on i.indicator_code = r.indicator_code
inner join dq_doubt as q
  on q.delivery_id = r.delivery_id
  and q.sheet_name = r.sheet_name
  and q.sheet_block = r.sheet_block
  and q.sheet_row = r.sheet_row
  and not q.is_confirmed
  and (q.field = '*' or contains(i.formula, q.field))
inner join dq_delivery as d on d.delivery_id = q.delivery_id
left join dq_field_place as p
  on p.delivery_id = q.delivery_id
  and p.sheet_name = q.sheet_name
  and p.sheet_block = q.sheet_block
  and p.field = q.field
where r.indicator_code = $indicator_code and r.period = $period and r.is_counted and r.year_role = 'current'
  and $division_code in (r.place_code, r.township_code, concat(r.county_code, '000000'))
order by all
