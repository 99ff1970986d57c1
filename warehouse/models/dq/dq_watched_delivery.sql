-- How large the watched numbers of a delivery usually are, and those of the same reporter's others.
-- grain, key: fact_table x field x delivery_id; sources: dq_watched_value
-- Compared are deliveries of three numbers and more, with those for the same part of a year where a form has parts; of two
-- deliveries only the later one is.
with usual as (
  select
    fact_table,
    field,
    reporter_code,
    delivery_id,
    year,
    part,
    count(*) as watched_values,
    median(ln(value)) as usual_size
  from dq_watched_value
  where value > 0
  group by all
),

others as (
  select
    u.fact_table,
    u.field,
    u.delivery_id,
    count(*) as other_deliveries,
    median(o.usual_size) as others_usual_size,
    any_value(o.delivery_id) as other_delivery_id
  from usual as u
  inner join usual as o
    on o.fact_table = u.fact_table and o.field = u.field and o.reporter_code = u.reporter_code
    and o.delivery_id <> u.delivery_id and (o.part = u.part or u.part = '')
  where u.watched_values >= 3
  group by u.fact_table, u.field, u.delivery_id, u.year
  having count(*) > 1 or u.year > min(o.year)
)

select
  u.fact_table,
  u.field,
  u.delivery_id,
  u.watched_values,
  u.usual_size,
  coalesce(o.other_deliveries, 0) as other_deliveries,
  o.others_usual_size,
  case when o.other_deliveries = 1 then o.other_delivery_id end as other_delivery_id
from usual as u
left join others as o
    on o.fact_table = u.fact_table and o.field = u.field and o.delivery_id = u.delivery_id
