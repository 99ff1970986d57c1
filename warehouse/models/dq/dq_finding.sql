-- Rows that break table rules, with their reporter and file.
-- grain, key: table_name x check_name x finding_number; sources: source_finding, source_delivery
select
  f.table_name,
  f.check_name,
  f.finding_number,
  f.title,
  f.severity,
  f.delivery_id,
  coalesce(f.period, d.period) as period,
  f.sheet_name,
  f.sheet_row,
  f.fields,
  f.cells,
  f.evidence,
  f.other_delivery_id,
  f.other_cells,
  d.reporter_code,
  d.file_name
from source_finding as f
left join source_delivery as d on d.delivery_id = f.delivery_id
