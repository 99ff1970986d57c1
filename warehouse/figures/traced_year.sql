-- What every figure of a division in a period is counted from, delivery by delivery, with the first counted rows of each.
-- grain, key: indicator_code x term x delivery_id; sources: mart_figure_row, dq_delivery, dim_reporter
-- A row counted from the division list has that list's hash for a delivery, and no reporter.
-- parameters: period, division_code, row_limit
-- One pass over the rows: only the first of each delivery are kept, whatever their number.
with counted as (
  select
    indicator_code,
    term,
    aggregate,
    delivery_id,
    count(*) as row_count,
    sum(value) as amount,
    min(
      struct_pack(
        sheet_name := sheet_name,
        sheet_row := sheet_row,
        sheet_block := sheet_block,
        field := field,
        parsed_value := parsed_value,
        value := value,
        corrected := corrected
      ),
      $row_limit
    ) as first_rows
  from mart_figure_row
  where period = $period and is_counted and year_role = 'current'
    and $division_code in (place_code, township_code, concat(county_code, '000000'))
  group by indicator_code, term, aggregate, delivery_id
),

reporter as (
  select reporter_code, max(reporter_name) as reporter_name
  from dim_reporter
  group by reporter_code
)

select
  c.indicator_code,
  c.term,
  c.aggregate,
  c.delivery_id,
  c.row_count,
  c.amount,
  c.first_rows,
  coalesce(d.file_name, 'division.csv') as file_name,
  coalesce(d.file_sha256, c.delivery_id) as file_sha256,
  d.contract,
  d.staged_table,
  d.form_title,
  d.period as reported_period,
  coalesce(r.reporter_name, d.reporter_code) as reporter_name
from counted as c
left join dq_delivery as d on d.delivery_id = c.delivery_id
left join reporter as r on r.reporter_code = d.reporter_code
order by c.indicator_code, c.term desc, file_name, file_sha256, c.delivery_id
