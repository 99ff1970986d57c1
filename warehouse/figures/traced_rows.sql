-- The rows that a term of a figure is counted from, file by file, with the cells that they come from.
-- grain: counted row; sources: mart_figure_row, dq_delivery, dq_field_place
-- A row counted from the division list has that list's file, its hash and its first column.
-- parameters: indicator_code, period, division_code, term, row_limit (null for all rows)
with delivery as (
  select *, rank() over (order by file_name, file_sha256, contract) as file_number
  from dq_delivery
),

-- The first rows are taken before they are led to their cells: a million rows are not, for the sake of fifty.
counted as (
  select r.*, d.file_number
  from mart_figure_row as r
  left join delivery as d on d.delivery_id = r.delivery_id
  where r.indicator_code = $indicator_code and r.period = $period and r.term = $term
    and r.is_counted and r.year_role = 'current'
    and $division_code in (r.place_code, r.township_code, concat(r.county_code, '000000'))
  order by d.file_number, r.sheet_name, r.sheet_row, r.sheet_block, r.field
  limit $row_limit
)

select
  coalesce(d.file_name, 'division.csv') as file_name,
  coalesce(d.file_sha256, r.delivery_id) as file_sha256,
  r.sheet_name,
  r.sheet_row,
  case
    when d.delivery_id is null then concat('A', cast(r.sheet_row as varchar))
    else coalesce(p.cell, concat(p.column_letters, cast(r.sheet_row as varchar)))
  end as cell,
  r.field,
  r.parsed_value,
  r.value,
  r.counted_key,
  r.corrected,
  d.reporter_code,
  d.received_at,
  d.contract,
  d.staged_table
from counted as r
left join delivery as d on d.delivery_id = r.delivery_id
left join dq_field_place as p
  on p.delivery_id = r.delivery_id
  and p.sheet_name = r.sheet_name
  and p.sheet_block = r.sheet_block
  and p.field = r.field
order by r.file_number, r.sheet_name, r.sheet_row, r.sheet_block, r.field
