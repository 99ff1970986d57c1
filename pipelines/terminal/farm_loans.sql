-- New loans to farm households since the day from which they are cumulated.
-- grain, key: institution_code; sources: fact_loan_disbursement, dim_institution, warehouse_info
select
  institution_code,
  institution_name,
  sum(amount_yuan) as amount_yuan,
  count(distinct household_key) filter (where not is_reversed) as households
from fact_loan_disbursement
inner join dim_institution using (institution_code)
where is_farm_household
  and is_new_disbursement
  and event_date >= (select cast(value as date) from warehouse_info where name = 'loan_cumulative_start')
group by institution_code, institution_name
order by institution_code
