-- The cells that each figure comes from; a view.
-- grain: indicator_code x term x period x fact row; sources: mart_figure_row, dq_delivery, dq_field_place
-- A row counted from the division list has that list's file, its hash and its first column.
with row_read as (
  select
    *,
    cast(case when aggregate = 'sum' then parsed_value end as decimal(18,4)) as number_read
  from mart_figure_row
  where year_role = 'current'
)

select
  r.indicator_code,
  r.term,
  r.aggregate,
  r.period,
  r.basis,
  r.county_code,
  r.township_code,
  r.place_code,
  r.delivery_id,
  r.sheet_name,
  r.sheet_row,
  r.field,
  r.parsed_value,
  r.is_counted,
  r.is_missing,
  r.value,
  r.counted_key,
  r.corrected,
  d.reporter_code,
  coalesce(d.file_name, 'division.csv') as file_name,
  coalesce(d.file_sha256, r.delivery_id) as file_sha256,
  d.received_at,
  case
    when d.delivery_id is null then concat('A', cast(r.sheet_row as string))
    when p.cell is not null then p.cell
    else concat(p.column_letters, cast(r.sheet_row as string))
  end as cell,
  cast(
    case when p.unit_scale = 1 then r.number_read else @ratio(r.number_read, p.unit_scale, 6) end as decimal(24,6)
  ) as stored_number
from row_read as r
left join dq_delivery as d on d.delivery_id = r.delivery_id
left join dq_field_place as p
  on p.delivery_id = r.delivery_id
  and p.sheet_name = r.sheet_name
  and p.sheet_block = r.sheet_block
  and p.field = r.field
