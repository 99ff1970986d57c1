-- title: 同一机构的借据号不应只差前导零
-- table: fact_loan_balance
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: false
-- Saved by a spreadsheet, a note number loses its zeros; the note would count twice.
with numbered as (
  select *, @unpadded(note_number) as bare_number
  from fact_loan_balance
),

spellings as (
  select institution_code, bare_number, min(note_number) as longest_number
  from numbered
  group by institution_code, bare_number
  having count(distinct note_number) > 1
)

select
  n.delivery_id,
  n.sheet_name,
  n.sheet_block,
  n.sheet_row,
  'note_number' as fields,
  n.institution_code,
  n.note_number,
  s.longest_number
from numbered as n
inner join spellings as s on s.institution_code = n.institution_code and s.bare_number = n.bare_number
where n.note_number <> s.longest_number
