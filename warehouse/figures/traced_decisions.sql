-- The deliveries behind a figure that a steward decided on: what for, by whom, when and why.
-- grain, key: delivery_id; sources: mart_figure_row, dq_delivery
-- parameters: indicator_code, period, division_code
select distinct
  d.file_name, d.delivery_id, d.decision, d.decided_by, d.decided_at, d.decision_reason, d.hold_reasons
from mart_figure_row as r
inner join dq_delivery as d on d.delivery_id = r.delivery_id
where d.decision is not null and r.indicator_code = $indicator_code and r.period = $period and r.is_counted
  and $division_code in (r.place_code, r.township_code, concat(r.county_code, '000000'))
order by d.file_name, d.delivery_id
