-- New disbursement by month, township and institution, cumulated from the stated start.
-- grain, key: month_start_date x township_code x institution_code
-- sources: fact_loan_disbursement, fact_loan_balance, dim_date, dim_division, dim_institution
-- Months follow without gaps up to the institution's latest data, so that every month has a cumulative figure. Amounts
-- are net of reversals; notes and households are of grants that are not reversed in full.
with new_grant as (
  select
    f.institution_code,
    d.township_code,
    @month_start(f.event_date) as month_start_date,
    f.household_key,
    f.amount_yuan,
    f.is_farm_household,
    f.borrower_type = 'unknown' as is_of_unknown,
    f.is_reversed
  from fact_loan_disbursement as f
  inner join dim_division as d on d.division_key = f.division_key
  where f.is_new_disbursement and f.event_date >= @loan_cumulative_start()
),

flow as (
  select
    institution_code,
    township_code,
    month_start_date,
    sum(amount_yuan) as amount,
    sum(case when is_reversed then 0 else 1 end) as notes,
    sum(case when is_farm_household then amount_yuan else 0 end) as farm_amount,
    sum(case when is_farm_household and not is_reversed then 1 else 0 end) as farm_notes,
    sum(case when is_of_unknown then amount_yuan else 0 end) as unknown_amount,
    sum(case when is_of_unknown and not is_reversed then 1 else 0 end) as unknown_notes
  from new_grant
  group by institution_code, township_code, month_start_date
),

by_household as (
  select
    institution_code,
    township_code,
    month_start_date,
    household_key,
    max(case when is_farm_household then 1 else 0 end) as is_farm
  from new_grant
  where not is_reversed
  group by institution_code, township_code, month_start_date, household_key
),

household_count as (
  select
    institution_code,
    township_code,
    month_start_date,
    count(*) as households,
    sum(is_farm) as farm_households
  from by_household
  group by institution_code, township_code, month_start_date
),

first_grant as (
  select institution_code, township_code, household_key, min(month_start_date) as month_start_date
  from by_household
  where is_farm = 1
  group by institution_code, township_code, household_key
),

new_household as (
  select institution_code, township_code, month_start_date, count(*) as households
  from first_grant
  group by institution_code, township_code, month_start_date
),

reported as (
  select institution_code, @month_start(as_of_date) as month_start_date
  from fact_loan_balance
  union all
  select institution_code, month_start_date
  from flow
),

last_month as (
  select institution_code, max(month_start_date) as last_month_start_date
  from reported
  group by institution_code
),

series as (
  select distinct f.institution_code, f.township_code, m.last_month_start_date
  from flow as f
  inner join last_month as m on m.institution_code = f.institution_code
),

month as (
  select distinct month_start_date, month_label
  from dim_date
  where month_start_date >= @loan_cumulative_start()
),

township_month as (
  select s.institution_code, s.township_code, m.month_start_date, m.month_label
  from series as s
  inner join month as m on m.month_start_date <= s.last_month_start_date
),

monthly as (
  select
    g.month_start_date,
    g.month_label,
    g.township_code,
    g.institution_code,
    coalesce(f.amount, 0) as amount,
    coalesce(f.notes, 0) as notes,
    coalesce(n.households, 0) as households,
    coalesce(f.farm_amount, 0) as farm_amount,
    coalesce(f.farm_notes, 0) as farm_notes,
    coalesce(n.farm_households, 0) as farm_households,
    coalesce(f.unknown_amount, 0) as unknown_amount,
    coalesce(f.unknown_notes, 0) as unknown_notes,
    coalesce(h.households, 0) as new_farm_households
  from township_month as g
  left join flow as f
    on f.institution_code = g.institution_code
    and f.township_code = g.township_code
    and f.month_start_date = g.month_start_date
  left join household_count as n
    on n.institution_code = g.institution_code
    and n.township_code = g.township_code
    and n.month_start_date = g.month_start_date
  left join new_household as h
    on h.institution_code = g.institution_code
    and h.township_code = g.township_code
    and h.month_start_date = g.month_start_date
),

cumulative as (
  select
    *,
    sum(amount) over (
      partition by institution_code, township_code
      order by month_start_date nulls first rows between unbounded preceding and current row
    ) as amount_to_date,
    sum(farm_amount) over (
      partition by institution_code, township_code
      order by month_start_date nulls first rows between unbounded preceding and current row
    ) as farm_amount_to_date,
    sum(new_farm_households) over (
      partition by institution_code, township_code
      order by month_start_date nulls first rows between unbounded preceding and current row
    ) as farm_households_to_date
  from monthly
)

select
  c.month_start_date,
  c.month_label,
  c.township_code,
  coalesce(d.canonical_name, '未知') as township_name,
  c.institution_code,
  coalesce(i.institution_name, '未知') as institution_name,
  cast(c.amount as decimal(18,2)) as amount_yuan,
  cast(c.notes as bigint) as notes,
  cast(c.households as bigint) as households,
  cast(c.farm_amount as decimal(18,2)) as farm_amount_yuan,
  cast(c.farm_notes as bigint) as farm_notes,
  cast(c.farm_households as bigint) as farm_households,
  cast(c.unknown_amount as decimal(18,2)) as unknown_borrower_amount_yuan,
  cast(c.unknown_notes as bigint) as unknown_borrower_notes,
  cast(c.amount_to_date as decimal(18,2)) as cumulative_amount_yuan,
  cast(c.farm_amount_to_date as decimal(18,2)) as cumulative_farm_amount_yuan,
  cast(c.farm_households_to_date as bigint) as cumulative_farm_households
from cumulative as c
left join dim_division as d on d.division_code = c.township_code and d.lookup_to = date '9999-12-31'
left join dim_institution as i on i.institution_code = c.institution_code and i.is_current
