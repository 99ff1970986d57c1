-- New loans to farm households since the day from which they are cumulated.
-- grain, key: institution_code; sources: fact_loan_disbursement, dim_institution, warehouse_info
select
  f.institution_code,
  i.institution_name,
  sum(f.amount_yuan) as amount_yuan,
  count(distinct f.household_key) filter (where not f.is_reversed) as households
from fact_loan_disbursement as f
inner join dim_institution as i on i.institution_code = f.institution_code and i.is_current
where f.is_farm_household
  and f.is_new_disbursement
  and f.event_date >= (select cast(value as date) from warehouse_info where name = 'loan_cumulative_start')
group by f.institution_code, i.institution_name
order by f.institution_code
