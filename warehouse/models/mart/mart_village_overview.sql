-- Each village on the 2022 basis: its latest profile, and loans to its farm households.
-- grain, key: village_code
-- sources: dim_division, fact_village_profile, fact_loan_disbursement, fact_loan_balance
with village as (
  select *
  from dim_division
  where level = 'village' and is_on_2022_basis
),

latest_year as (
  select village_code, max(year) as year
  from fact_village_profile
  group by village_code
),

profile as (
  select p.*
  from fact_village_profile as p
  inner join latest_year as l on l.village_code = p.village_code and l.year = p.year
),

granted as (
  select
    d.division_code as village_code,
    sum(f.amount_yuan) as amount,
    count(*) as notes,
    count(distinct f.household_key) as households
  from fact_loan_disbursement as f
  inner join dim_division as d on d.division_key = f.division_key
  where f.is_new_disbursement and f.is_farm_household and f.grant_date >= @loan_cumulative_start()
  group by d.division_code
),

latest_as_of as (
  select institution_code, max(as_of_date) as as_of_date
  from fact_loan_balance
  group by institution_code
),

outstanding as (
  select d.division_code as village_code, sum(b.balance_yuan) as balance
  from fact_loan_balance as b
  inner join latest_as_of as l on l.institution_code = b.institution_code and l.as_of_date = b.as_of_date
  inner join dim_division as d on d.division_key = b.division_key
  where b.is_farm_household
  group by d.division_code
)

select
  v.division_code as village_code,
  v.division_key,
  v.canonical_name as village_name,
  v.township_code,
  v.township_name,
  v.urban_rural_code,
  p.year as profile_year,
  p.registered_households,
  p.registered_persons,
  p.resident_persons,
  p.has_bus_service,
  p.sanitary_toilet_households,
  p.has_waste_collection,
  p.has_daily_waste_clearance,
  p.has_sewage_treatment,
  p.tap_water_households,
  p.has_hardened_road,
  cast(coalesce(g.amount, 0) as decimal(18,2)) as farm_loan_amount_yuan,
  cast(coalesce(g.notes, 0) as bigint) as farm_loan_notes,
  cast(coalesce(g.households, 0) as bigint) as farm_loan_households,
  cast(coalesce(o.balance, 0) as decimal(18,2)) as farm_loan_balance_yuan
from village as v
left join profile as p on p.village_code = v.division_code
left join granted as g on g.village_code = v.division_code
left join outstanding as o on o.village_code = v.division_code
