-- What becomes of the ledger that dlt loaded: typed and judged notes, two facts, households, figures, months.
-- sources: raw_note (texts, a row a note), village (names of township and village, their codes)
create table judged_note as
with typed as (
  select
    n.* exclude (amount, balance, rate, granted, due, township, village),
    try_cast(amount as decimal(18, 2)) as amount,
    try_cast(balance as decimal(18, 2)) as balance,
    try_cast(rate as decimal(9, 4)) as rate,
    try_cast(granted as date) as granted,
    try_cast(due as date) as due,
    cast(v.township_code as varchar) as township_code,
    cast(v.village_code as varchar) as village_code
  from raw_note as n
  left join village as v using (township, village)
),

repeated as (
  select note_number
  from raw_note
  group by note_number
  having count(*) > 1
)

select
  *,
  list_filter([
    case when not coalesce(regexp_full_match(note_number, '[A-Za-z0-9_/-]{4,60}'), false) then 'note_number' end,
    case when note_number in (select note_number from repeated) then 'note_number__unique' end,
    case when not id_holds then 'check_digit' end,
    case when not coalesce(borrower_type in ('农户', '非农户个人', '个体工商户', '农民专业合作社', '企业'), false) then 'borrower_type' end,
    case when village_code is null then 'village' end,
    case when not coalesce(amount > 0, false) then 'amount' end,
    case when not coalesce(balance >= 0, false) then 'balance' end,
    case when not coalesce(rate between 0 and 36, false) then 'rate' end,
    case when granted is null then 'grant_date' end,
    case when due is null then 'due_date' end,
    case when not coalesce(five_class in ('正常', '关注', '次级', '可疑', '损失'), false) then 'five_class' end,
    case when not coalesce(grant_type in ('新增', '借新还旧', '无还本续贷', '展期'), false) then 'grant_type' end,
    case when due < granted then 'due_after_grant' end,
    case when balance > amount then 'balance_within_amount' end,
    case when granted > date '2022-12-31' then 'granted_by_as_of' end
  ], lambda rule: rule is not null) as rules
from typed;

create table rejected_row as
select line, unnest(rules) as rule
from judged_note
where len(rules) > 0;

create table fact_balance as
select * exclude (rules, line, id_holds), date '2022-12-31' as as_of_date
from judged_note
where len(rules) = 0;

create table fact_disbursement as
select
  * exclude (balance, five_class, as_of_date),
  date_trunc('month', granted) as month,
  grant_type = '新增' and borrower_type = '农户' as is_new_to_farmer
from fact_balance;

create table dim_household as
select household_key, min(village_code) as village_code
from fact_balance
group by household_key;

create table figures as
with granted as (
  select
    coalesce(village_code, township_code, '140214000000') as division_code,
    cast(sum(amount) filter (where granted >= date '2022-01-01') as decimal(18, 4)) as disbursed,
    cast(count(distinct household_key) as decimal(18, 4)) as households
  from fact_disbursement
  where is_new_to_farmer
  group by grouping sets ((), (township_code), (village_code))
),

balances as (
  select
    coalesce(village_code, township_code, '140214000000') as division_code,
    cast(sum(balance) as decimal(18, 4)) as balance,
    cast(100 * coalesce(sum(balance) filter (where five_class in ('次级', '可疑', '损失')), 0) / sum(balance)
      as decimal(18, 4)) as non_performing
  from fact_balance
  where borrower_type = '农户'
  group by grouping sets ((), (township_code), (village_code))
)

select 'farm_loan_disbursed' as indicator_code, division_code, disbursed as value from granted where disbursed is not null
union all
select 'farm_loan_household_to_date_count', division_code, households from granted
union all
select 'farm_loan_balance', division_code, balance from balances
union all
select 'loan_non_performing_rate', division_code, non_performing from balances;

create table months as
with flow as (
  select
    township_code,
    month,
    sum(amount) as amount,
    count(*) as notes,
    count(distinct household_key) as households
  from fact_disbursement
  where is_new_to_farmer
  group by township_code, month
),

first_grant as (
  select township_code, household_key, min(month) as month
  from fact_disbursement
  where is_new_to_farmer
  group by township_code, household_key
),

begun as (
  select township_code, month, count(*) as households
  from first_grant
  group by township_code, month
)

select
  f.township_code,
  f.month,
  f.amount,
  f.notes,
  f.households,
  sum(f.amount) over to_date as amount_to_date,
  cast(sum(coalesce(b.households, 0)) over to_date as bigint) as begun_to_date
from flow as f
left join begun as b using (township_code, month)
window to_date as (partition by f.township_code order by f.month);

create table rejected as
select rule, count(*) as rows
from rejected_row
group by rule;
