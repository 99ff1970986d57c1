-- title: 同一借据的发放金额在各期台账中应相同
-- table: fact_loan_balance
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: false
select institution_code, note_number, min(amount_yuan) as least_yuan, max(amount_yuan) as most_yuan
from fact_loan_balance
where institution_code in (
  select institution_code from fact_loan_balance
  group by institution_code
  having min(as_of_date) <> max(as_of_date)
)
group by institution_code, note_number
having min(amount_yuan) <> max(amount_yuan)
