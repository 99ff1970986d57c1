-- title: 存量表中当月发放的贷款应见于同月的发生额表
-- table: fact_loan_balance
-- kind: reconciliation
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
with grants as (
  select distinct reporter_code, note_number
  from staged_loan_transaction
  where transaction_type = '发放'
),

flow_reporter as (
  select distinct reporter_code
  from staged_loan_transaction
)

select b.institution_code, b.note_number, b.as_of_date
from fact_loan_balance as b
semi join flow_reporter as f on f.reporter_code = b.institution_code
anti join grants as g on g.reporter_code = b.institution_code and g.note_number = b.note_number
where b.grant_date between @month_start(b.as_of_date) and b.as_of_date
