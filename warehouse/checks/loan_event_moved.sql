-- title: 发放流水的发放日期应在流水所属的月份之内；不在的计入流水当月
-- table: fact_loan_disbursement
-- kind: reconciliation
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
select
  delivery_id,
  sheet_name,
  sheet_block,
  sheet_row,
  'grant_date' as fields,
  institution_code,
  note_number,
  transaction_serial,
  grant_date,
  event_date
from fact_loan_disbursement
where event_date <> grant_date and reversal_reason is null
