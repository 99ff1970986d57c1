-- title: 同一机构的借据号不应只差前导零
-- table: fact_loan_balance
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: false
-- doubts: row
-- Saved by a spreadsheet, a note number loses its zeros; the note would count twice.
with padded as (
  select distinct institution_code, note_number, @unpadded(note_number) as bare_number
  from fact_loan_balance
  where note_number like '0%'
),

spelled as (
  select f.institution_code, p.bare_number, min(f.note_number) as longest_number
  from fact_loan_balance as f
  inner join padded as p on p.institution_code = f.institution_code and p.bare_number = @unpadded(f.note_number)
  group by f.institution_code, p.bare_number
  having min(f.note_number) <> max(f.note_number)
)

select
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  'note_number' as fields,
  f.institution_code,
  f.note_number,
  s.longest_number
from fact_loan_balance as f
inner join spelled as s on s.institution_code = f.institution_code and s.bare_number = @unpadded(f.note_number)
where f.note_number <> s.longest_number
