-- The rows that a figure is counted from, with the cells that they come from.
-- grain: cell of a counted row; sources: mart_figure_cell, dq_delivery
-- parameters: indicator, period, division
select c.*, d.contract, d.staged_table
from mart_figure_cell as c
left join dq_delivery as d using (delivery_id)
where c.indicator_code = ? and c.period = ? and c.is_counted
  and ? in (c.place_code, c.township_code, concat(c.county_code, '000000'))
order by c.file_name, c.sheet_name, c.sheet_row, c.cell
