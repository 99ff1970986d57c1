-- Disbursement of loans, one row per event.
-- grain, key: institution_code x note_number x transaction_serial
-- sources: fact_loan_balance, staged_loan_note, staged_loan_transaction, dim_division
-- An institution that sends flows is counted by them: its 发放, and its 冲销发放 as negative amounts. An event belongs to
-- the month of its flow file: it is dated by its grant date where that lies in the month, else by the day of the file.
-- What flows lack (village, borrower type, household) is the note's in its snapshots, and `corrected` lists the fields
-- of both rows. Of any other institution each note counts once, at its grant date: amount, date, rate and due date as
-- the first snapshot in force with an amount has them, the rest as fact_loan_balance has it, the last known. Numbers
-- that are equal but for leading zeros are one note, which is flagged. Renewals (借新还旧, 无还本续贷, 展期, or with a
-- prior note) and notes of an unknown grant type are kept and marked: they are no new disbursement. Grants of a note
-- that are reversed in full are marked, like the reversals: they lent to nobody.
with flow_reporter as (
  select distinct reporter_code
  from staged_loan_transaction
),

flow as (
  select
    *,
    transaction_type = '冲销发放' as is_reversal,
    case
      when grant_date >= @month_start(cast(period as date)) and grant_date <= cast(period as date) then grant_date
      else cast(period as date)
    end as event_date
  from staged_loan_transaction
  where transaction_type in ('发放', '冲销发放')
),

reversal as (
  select reporter_code, note_number, sum(transaction_amount_yuan) as amount
  from flow
  where is_reversal
  group by reporter_code, note_number
),

reversed_note as (
  select f.reporter_code, f.note_number
  from flow as f
  inner join reversal as r on r.reporter_code = f.reporter_code and r.note_number = f.note_number
  where not f.is_reversal
  group by f.reporter_code, f.note_number, r.amount
  having sum(f.transaction_amount_yuan) <= r.amount
),

first_stock_date as (
  select b.institution_code, b.note_number, min(b.as_of_date) as as_of_date
  from fact_loan_balance as b
  inner join flow_reporter as r on r.reporter_code = b.institution_code
  group by b.institution_code, b.note_number
),

first_stock as (
  select b.*
  from fact_loan_balance as b
  inner join first_stock_date as d
    on d.institution_code = b.institution_code and d.note_number = b.note_number and d.as_of_date = b.as_of_date
),

flow_borrower as (
  select distinct reporter_code, borrower_key
  from flow
),

only_household as (
  select n.reporter_code, n.borrower_key, min(n.household_key) as household_key
  from staged_loan_note as n
  inner join flow_borrower as b on b.reporter_code = n.reporter_code and b.borrower_key = n.borrower_key
  where n.household_key is not null
  group by n.reporter_code, n.borrower_key
  having min(n.household_key) = max(n.household_key)
),

ledger as (
  select
    b.institution_code,
    min(b.as_of_date) = max(b.as_of_date)
      and max(case when b.note_number like '0%' then 1 else 0 end) = 0 as lists_notes_once
  from fact_loan_balance as b
  left join flow_reporter as r on r.reporter_code = b.institution_code
  where r.reporter_code is null and b.amount_yuan is not null
  group by b.institution_code
),

first_ledger_note as (
  select
    b.institution_code,
    min(concat(cast(b.as_of_date as string), ' ', b.note_number)) as date_and_number,
    min(b.note_number) <> max(b.note_number) as is_spelled_twice
  from fact_loan_balance as b
  inner join ledger as l on l.institution_code = b.institution_code and not l.lists_notes_once
  where b.amount_yuan is not null
  group by b.institution_code, @unpadded(b.note_number)
),

event as (
  select
    f.county_code,
    f.delivery_id,
    f.sheet_name,
    f.sheet_block,
    f.sheet_row,
    f.flags,
    nullif(concat_ws(';', f.corrected, b.corrected), '') as corrected,
    f.reporter_code as institution_code,
    f.note_number,
    coalesce(b.household_key, @household(f.reporter_code, h.household_key, f.borrower_key)) as household_key,
    case
      when coalesce(b.identified_by, h.household_key, 'borrower') = 'borrower' then 'borrower'
      else 'household_elsewhere'
    end as identified_by,
    coalesce(b.borrower_type, 'unknown') as borrower_type,
    coalesce(b.division_key, 'unknown') as note_division_key,
    f.grant_date,
    f.event_date,
    coalesce(f.purpose, b.purpose) as purpose,
    coalesce(f.grant_type, b.grant_type, 'unknown') as grant_type,
    b.prior_note_number,
    coalesce(f.rate_pct, b.rate_pct) as rate_pct,
    f.transaction_serial,
    case when f.is_reversal then -f.transaction_amount_yuan else f.transaction_amount_yuan end as amount_yuan,
    b.due_date,
    f.is_reversal or r.note_number is not null as is_reversed,
    f.reversal_reason
  from flow as f
  left join first_stock as b on b.institution_code = f.reporter_code and b.note_number = f.note_number
  left join only_household as h on h.reporter_code = f.reporter_code and h.borrower_key = f.borrower_key
  left join reversed_note as r on r.reporter_code = f.reporter_code and r.note_number = f.note_number
  union all
  select
    b.county_code,
    b.delivery_id,
    b.sheet_name,
    b.sheet_block,
    b.sheet_row,
    nullif(
      concat_ws(';', b.flags, case when p.is_spelled_twice then 'row__note_number_padded' end), ''
    ) as flags,
    b.corrected,
    b.institution_code,
    b.note_number,
    b.household_key,
    b.identified_by,
    b.borrower_type,
    b.division_key as note_division_key,
    b.grant_date,
    b.grant_date as event_date,
    b.purpose,
    b.grant_type,
    b.prior_note_number,
    b.rate_pct,
    '' as transaction_serial,
    b.amount_yuan,
    b.due_date,
    false as is_reversed,
    cast(null as string) as reversal_reason
  from fact_loan_balance as b
  inner join ledger as l on l.institution_code = b.institution_code
  left join first_ledger_note as p
    on p.institution_code = b.institution_code
    and p.date_and_number = concat(cast(b.as_of_date as string), ' ', b.note_number)
  where b.amount_yuan is not null and (l.lists_notes_once or p.date_and_number is not null)
)

select
  e.county_code,
  e.delivery_id,
  e.sheet_name,
  e.sheet_block,
  e.sheet_row,
  e.flags,
  e.corrected,
  e.institution_code,
  e.note_number,
  e.household_key,
  e.identified_by,
  e.borrower_type,
  e.borrower_type = '农户' as is_farm_household,
  coalesce(v.division_key, n.division_code, e.note_division_key) as division_key,
  e.grant_date,
  e.purpose,
  e.grant_type,
  e.prior_note_number,
  e.rate_pct,
  e.transaction_serial,
  e.event_date,
  e.amount_yuan,
  e.due_date,
  e.grant_type = '新增' and e.prior_note_number is null as is_new_disbursement,
  e.is_reversed,
  e.reversal_reason
from event as e
left join dim_division as n on n.division_key = e.note_division_key
left join dim_division as v
  on v.division_code = coalesce(n.division_code, e.note_division_key)
  and e.event_date >= v.lookup_from
  and e.event_date < v.lookup_to
