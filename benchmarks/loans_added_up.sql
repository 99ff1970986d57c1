-- What the figures and outliers of loans need at the least, each fact added up once: a yardstick, of four tables.
-- sources: fact_loan_disbursement, fact_loan_balance
create temp table by_month as
select
  division_key,
  date_trunc('month', event_date) as month,
  is_farm_household,
  is_new_disbursement,
  institution_code,
  sum(amount_yuan) as amount,
  count(*) as notes
from fact_loan_disbursement
group by all;

create temp table by_class as
select division_key, five_class, is_farm_household, sum(balance_yuan) as balance, count(*) as notes
from fact_loan_balance
group by all;

create temp table households as
select division_key, household_key, min(event_date) as first_date
from fact_loan_disbursement
where is_new_disbursement and is_farm_household
group by grouping sets ((division_key, household_key), (household_key));

create temp table distances as
with usual as (
  select institution_code, median(ln(amount_yuan)) as size
  from fact_loan_disbursement
  group by all
)

select institution_code, median(abs(ln(amount_yuan) - size)) as spread
from fact_loan_disbursement
inner join usual using (institution_code)
group by all;
