-- title: 同一借据的发放金额在各期台账中应相同
-- table: fact_loan_balance
-- kind: reconciliation
-- importance: high
-- missing: skip_if_any
-- blocking: false
-- doubts: both
with first_snapshot as (
  select institution_code, note_number, as_of_date, amount_yuan, delivery_id, sheet_name, sheet_block, sheet_row
  from fact_loan_balance
  where amount_yuan is not null and institution_code in (
    select institution_code from fact_loan_balance
    group by institution_code
    having min(as_of_date) <> max(as_of_date)
  )
  qualify as_of_date = min(as_of_date) over (partition by institution_code, note_number)
)

select
  l.delivery_id,
  l.sheet_name,
  l.sheet_block,
  l.sheet_row,
  'amount_yuan' as fields,
  f.delivery_id as other_delivery_id,
  f.sheet_name as other_sheet_name,
  f.sheet_block as other_sheet_block,
  f.sheet_row as other_sheet_row,
  l.institution_code,
  l.note_number,
  f.amount_yuan as first_yuan,
  l.amount_yuan
from fact_loan_balance as l
inner join first_snapshot as f on f.institution_code = l.institution_code and f.note_number = l.note_number
where @compared(l.amount_yuan, f.amount_yuan) and @known(l.amount_yuan) <> @known(f.amount_yuan)
