-- Disbursement of loans, one row per event.
-- grain, key: institution_code x note_number x transaction_serial
-- sources: staged_loan_note, staged_loan_transaction, dim_division
-- An institution that sends flows is counted by its 发放 transactions; what they lack (village, borrower type,
-- household) comes from the note's snapshot, and `corrected` lists the fields of both rows. Of any other institution
-- each note counts once, at its grant date, as the first snapshot in force with an amount has it; numbers that are
-- equal but for leading zeros are one note, which is flagged. Renewals (借新还旧,
-- 无还本续贷, 展期, or with a prior note) are kept and marked: they are no new disbursement.
with flow_reporter as (
  select distinct reporter_code
  from staged_loan_transaction
),

first_stock_period as (
  select n.reporter_code, n.note_number, min(n.period) as period
  from staged_loan_note as n
  inner join flow_reporter as r on r.reporter_code = n.reporter_code
  group by n.reporter_code, n.note_number
),

first_stock as (
  select n.*
  from staged_loan_note as n
  inner join first_stock_period as p
    on p.reporter_code = n.reporter_code and p.note_number = n.note_number and p.period = n.period
),

ledger_note as (
  select n.*, @unpadded(n.note_number) as bare_number
  from staged_loan_note as n
  left join flow_reporter as r on r.reporter_code = n.reporter_code
  where r.reporter_code is null and n.amount_yuan is not null
),

first_ledger_note as (
  select
    reporter_code,
    min(concat(period, ' ', note_number)) as period_and_number,
    min(note_number) <> max(note_number) as is_spelled_twice
  from ledger_note
  group by reporter_code, bare_number
),

event as (
  select
    t.county_code,
    t.delivery_id,
    t.sheet_name,
    t.sheet_block,
    t.sheet_row,
    t.flags,
    nullif(concat_ws(';', t.corrected, n.corrected), '') as corrected,
    t.reporter_code,
    t.note_number,
    t.transaction_serial,
    n.household_key,
    coalesce(n.borrower_key, t.borrower_key) as borrower_key,
    n.borrower_type,
    n.village_code,
    t.grant_date,
    coalesce(t.purpose, n.purpose) as purpose,
    coalesce(t.rate_pct, n.rate_pct) as rate_pct,
    t.transaction_amount_yuan as amount_yuan,
    n.due_date,
    coalesce(t.grant_type, n.grant_type) as grant_type,
    n.prior_note_number
  from staged_loan_transaction as t
  left join first_stock as n on n.reporter_code = t.reporter_code and n.note_number = t.note_number
  where t.transaction_type = '发放'
  union all
  select
    n.county_code,
    n.delivery_id,
    n.sheet_name,
    n.sheet_block,
    n.sheet_row,
    nullif(
      concat_ws(';', n.flags, case when p.is_spelled_twice then 'row__note_number_padded' end), ''
    ) as flags,
    n.corrected,
    n.reporter_code,
    n.note_number,
    '' as transaction_serial,
    n.household_key,
    n.borrower_key,
    n.borrower_type,
    n.village_code,
    n.grant_date,
    n.purpose,
    n.rate_pct,
    n.amount_yuan,
    n.due_date,
    n.grant_type,
    n.prior_note_number
  from staged_loan_note as n
  inner join first_ledger_note as p
    on p.reporter_code = n.reporter_code and p.period_and_number = concat(n.period, ' ', n.note_number)
)

select
  e.county_code,
  e.delivery_id,
  e.sheet_name,
  e.sheet_block,
  e.sheet_row,
  e.flags,
  e.corrected,
  e.reporter_code as institution_code,
  e.note_number,
  @household(e.reporter_code, e.household_key, e.borrower_key) as household_key,
  case when e.household_key is null then 'borrower' else 'household' end as identified_by,
  coalesce(e.borrower_type, 'unknown') as borrower_type,
  coalesce(e.borrower_type = '农户', false) as is_farm_household,
  coalesce(v.division_key, e.village_code, 'unknown') as division_key,
  e.grant_date,
  e.purpose,
  e.rate_pct,
  e.transaction_serial,
  e.amount_yuan,
  e.due_date,
  e.grant_type,
  coalesce(e.grant_type, '新增') = '新增' and e.prior_note_number is null as is_new_disbursement
from event as e
left join dim_division as v
  on v.division_code = e.village_code
  and e.grant_date >= v.lookup_from
  and e.grant_date < v.lookup_to
