-- What the rows of each delivery that a term of a figure may be counted from come to, and how many are counted.
-- grain, key: term x delivery_id; sources: mart_figure_row, dq_delivery
-- parameters: indicator_code, period, division_code
with considered as (
  select
    term,
    aggregate,
    delivery_id,
    value,
    is_counted and $division_code in (place_code, township_code, concat(county_code, '000000')) as is_counted
  from mart_figure_row
  where indicator_code = $indicator_code and period = $period and year_role = 'current'
),

amounts as (
  select
    term,
    aggregate,
    delivery_id,
    count(*) filter (where is_counted) as row_count,
    sum(value) filter (where is_counted) as amount
  from considered
  group by term, aggregate, delivery_id
)

select
  a.term,
  a.aggregate,
  a.row_count,
  coalesce(a.amount, 0) as amount,
  coalesce(d.file_name, 'division.csv') as file_name,
  coalesce(d.file_sha256, a.delivery_id) as file_sha256,
  d.contract
from amounts as a
left join dq_delivery as d on d.delivery_id = a.delivery_id
order by a.term desc, file_name, file_sha256, d.contract
