-- What the senders of the counted rows of a figure say about them, or about the whole delivery.
-- grain: answer; sources: mart_figure_row, dq_answer, dq_delivery
-- parameters: indicator_code, period, division_code
select distinct d.file_name, a.sheet_name, a.cell, a.query, a.answer
from mart_figure_row as r
inner join dq_answer as a
  on a.delivery_id = r.delivery_id
  and (a.sheet_row is null or (a.sheet_name = r.sheet_name and a.sheet_row = r.sheet_row))
inner join dq_delivery as d on d.delivery_id = a.delivery_id
where r.indicator_code = $indicator_code and r.period = $period and r.is_counted
  and $division_code in (r.place_code, r.township_code, concat(r.county_code, '000000'))
order by all
