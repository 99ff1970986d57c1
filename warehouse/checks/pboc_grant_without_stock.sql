-- title: 当月发放的贷款应见于同月的存量表，当月已收回或冲销的除外
-- table: fact_loan_disbursement
-- kind: reconciliation
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
with grants as (
  select distinct reporter_code, note_number, period
  from staged_loan_transaction
  where transaction_type = '发放'
),

recoveries as (
  select distinct reporter_code, note_number, period
  from staged_loan_transaction
  where transaction_type in ('收回', '冲销发放')
),

stock as (
  select distinct reporter_code, note_number, @month_start(cast(period as date)) as month_start_date
  from staged_loan_note
  semi join grants using (reporter_code)
)

select g.reporter_code as institution_code, g.note_number, g.period
from grants as g
anti join recoveries as r
  on r.reporter_code = g.reporter_code and r.note_number = g.note_number and r.period = g.period
anti join stock as s
  on s.reporter_code = g.reporter_code
  and s.note_number = g.note_number
  and s.month_start_date = @month_start(cast(g.period as date))
