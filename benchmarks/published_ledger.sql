-- What the program publishes of a ledger, as the peers write it.
-- sources: mart_figure, mart_loan_disbursement, dq_rejected_row

-- result: figures
select indicator_code, division_code, value
from mart_figure
where indicator_code in (
    'farm_loan_disbursed', 'farm_loan_household_to_date_count', 'farm_loan_balance', 'loan_non_performing_rate')
  and period = '2022'
  and basis = 'period'
  and value is not null

-- result: months
select
  township_code,
  month_start_date,
  farm_amount_yuan,
  farm_notes,
  farm_households,
  cumulative_farm_amount_yuan,
  cumulative_farm_households
from mart_loan_disbursement
where farm_notes > 0

-- result: rejected
select rule, count(*)
from dq_rejected_row
where staged_table = 'loan_note'
group by rule
