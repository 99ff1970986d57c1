-- Each village on the latest list: its latest profile, loans to its farm households, its class, its living
-- environment in the latest month and the projects of the latest year.
-- grain, key: village_code
-- sources: dim_division, dim_division_basis, fact_village_profile, fact_loan_disbursement, fact_loan_balance, fact_village_class,
-- fact_living_environment, fact_infrastructure_project
with village as (
  select d.*
  from dim_division as d
  inner join dim_division_basis as b on b.division_key = d.division_key and b.is_latest
  where d.level = 'village'
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
    count(case when not f.is_reversed then 1 end) as notes,
    count(distinct case when not f.is_reversed then f.household_key end) as households
  from fact_loan_disbursement as f
  inner join dim_division as d on d.division_key = f.division_key
  where f.is_new_disbursement and f.is_farm_household and f.event_date >= @loan_cumulative_start()
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
),

latest_classification as (
  select max(year) as year
  from fact_village_class
),

classification as (
  select c.village_code, c.village_class
  from fact_village_class as c
  inner join latest_classification as l on l.year = c.year
  where c.village_code is not null
),

latest_month as (
  select village_code, max(period) as period
  from fact_living_environment
  group by village_code
),

environment as (
  select e.*
  from fact_living_environment as e
  inner join latest_month as l on l.village_code = e.village_code and l.period = e.period
),

toilets_of_the_year as (
  select
    m.village_code,
    sum(e.toilets_new_households) as renovated,
    sum(e.toilets_repaired) as repaired
  from environment as m
  inner join fact_living_environment as e on e.village_code = m.village_code and e.year = m.year
  group by m.village_code
),

latest_projects as (
  select max(year) as year
  from fact_infrastructure_project
),

-- A village without loans or projects has none only where some are reported at all.
reported_disbursements as (
  select count(*) as notes
  from fact_loan_disbursement
),

reported_balances as (
  select count(*) as notes
  from fact_loan_balance
),

projects as (
  select p.village_code, count(*) as projects
  from fact_infrastructure_project as p
  inner join latest_projects as l on l.year = p.year
  group by p.village_code
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
  cast(case when rd.notes > 0 then coalesce(g.amount, 0) end as decimal(18,2)) as farm_loan_amount_yuan,
  cast(case when rd.notes > 0 then coalesce(g.notes, 0) end as bigint) as farm_loan_notes,
  cast(case when rd.notes > 0 then coalesce(g.households, 0) end as bigint) as farm_loan_households,
  cast(case when rb.notes > 0 then coalesce(o.balance, 0) end as decimal(18,2)) as farm_loan_balance_yuan,
  c.village_class,
  e.period as environment_month,
  e.households as resident_households,
  e.waste_collected_households,
  e.has_daily_clearance as is_cleared_daily,
  cast(t.renovated as bigint) as toilets_new_households,
  cast(t.repaired as bigint) as toilets_repaired,
  cast(case when l.year is not null then coalesce(j.projects, 0) end as bigint) as infrastructure_projects
from village as v
cross join reported_disbursements as rd
cross join reported_balances as rb
cross join latest_projects as l
left join profile as p on p.village_code = v.division_code
left join granted as g on g.village_code = v.division_code
left join outstanding as o on o.village_code = v.division_code
left join classification as c on c.village_code = v.division_code
left join environment as e on e.village_code = v.division_code
left join toilets_of_the_year as t on t.village_code = v.division_code
left join projects as j on j.village_code = v.division_code
