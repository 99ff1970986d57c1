-- title: 贷款发放月度汇总应等于起始日以来新发放的明细之和，末月累计应等于各月之和
-- table: mart_loan_disbursement
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
with mart_totals as (
  select
    institution_code,
    township_code,
    sum(amount_yuan) as amount,
    sum(farm_amount_yuan) as farm_amount,
    max_by(cumulative_amount_yuan, month_start_date) as cumulative_amount,
    max_by(cumulative_farm_amount_yuan, month_start_date) as cumulative_farm_amount,
    max(cumulative_farm_households) as farm_households
  from mart_loan_disbursement
  group by institution_code, township_code
),

fact_totals as (
  select
    f.institution_code,
    d.township_code,
    sum(f.amount_yuan) as amount,
    coalesce(sum(f.amount_yuan) filter (where f.is_farm_household), 0) as farm_amount,
    count(distinct f.household_key) filter (where f.is_farm_household and not f.is_reversed) as farm_households
  from fact_loan_disbursement as f
  left join dim_division as d on d.division_key = f.division_key
  where f.is_new_disbursement and f.event_date >= @loan_cumulative_start()
  group by f.institution_code, d.township_code
)

select
  coalesce(m.institution_code, t.institution_code) as institution_code,
  coalesce(m.township_code, t.township_code) as township_code,
  m.amount as mart_amount,
  t.amount as fact_amount
from mart_totals as m
full join fact_totals as t
  on t.institution_code = m.institution_code and t.township_code = m.township_code
where m.amount is distinct from t.amount
  or m.farm_amount is distinct from t.farm_amount
  or m.cumulative_amount is distinct from t.amount
  or m.cumulative_farm_amount is distinct from t.farm_amount
  or m.farm_households is distinct from t.farm_households
