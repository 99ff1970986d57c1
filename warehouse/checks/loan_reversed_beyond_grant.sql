-- title: 冲销发放的金额不应大于同一借据此前发放的金额
-- table: fact_loan_disbursement
-- kind: reconciliation
-- importance: normal
-- missing: never_skip
-- blocking: false
-- doubts: none
with net as (
  select
    *,
    sum(amount_yuan) over (
      partition by institution_code, note_number
      order by event_date
      range between unbounded preceding and current row
    ) as net_yuan
  from fact_loan_disbursement
  semi join (
    select institution_code, note_number
    from fact_loan_disbursement
    where reversal_reason is not null
  ) using (institution_code, note_number)
)

select
  delivery_id,
  sheet_name,
  sheet_block,
  sheet_row,
  'transaction_amount_yuan' as fields,
  institution_code,
  note_number,
  transaction_serial,
  amount_yuan,
  net_yuan
from net
where reversal_reason is not null and net_yuan < 0
