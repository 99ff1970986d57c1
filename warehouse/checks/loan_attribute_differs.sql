-- title: 同一借据的发放日期、借款人、户号、类型、村、用途、发放类型和上笔借据在各期台账中应相同
-- table: fact_loan_balance
-- kind: reconciliation
-- importance: low
-- missing: skip_if_any
-- blocking: false
-- doubts: none
-- For information: facts have the grant date of the first snapshot and, of the others, what was reported last. Each change
-- is listed where it appears, beside the snapshot before it that has a value. Hashes of persons are not shown.
with sent_again as (
  select reporter_code
  from staged_loan_note
  group by reporter_code
  having min(period) <> max(period)
),

changed_note as (
  select reporter_code, @unpadded(note_number) as bare_number
  from staged_loan_note
  semi join sent_again using (reporter_code)
  group by all
  having min(grant_date) <> max(grant_date)
    or min(borrower_key) <> max(borrower_key)
    or min(household_key) <> max(household_key)
    or min(borrower_type) <> max(borrower_type)
    or min(village_code) <> max(village_code)
    or min(purpose) <> max(purpose)
    or min(grant_type) <> max(grant_type)
    or min(prior_note_number) <> max(prior_note_number)
),

attribute (fields) as (
  values
    ('grant_date'), ('borrower_key'), ('household_key'), ('borrower_type'),
    ('village_code'), ('purpose'), ('grant_type'), ('prior_note_number')
),

snapshot as (
  select
    n.delivery_id,
    n.sheet_name,
    n.sheet_block,
    n.sheet_row,
    n.reporter_code as institution_code,
    n.note_number,
    n.period,
    c.bare_number,
    a.fields,
    case a.fields
      when 'grant_date' then cast(n.grant_date as string)
      when 'borrower_key' then n.borrower_key
      when 'household_key' then n.household_key
      when 'borrower_type' then n.borrower_type
      when 'village_code' then n.village_code
      when 'purpose' then n.purpose
      when 'grant_type' then n.grant_type
      when 'prior_note_number' then n.prior_note_number
    end as value
  from staged_loan_note as n
  inner join changed_note as c
    on c.reporter_code = n.reporter_code and c.bare_number = @unpadded(n.note_number)
  cross join attribute as a
),

reported as (
  select *
  from snapshot
  where value is not null
),

beside_previous as (
  select
    *,
    lag(value) over snapshots as previous_value,
    lag(delivery_id) over snapshots as other_delivery_id,
    lag(sheet_name) over snapshots as other_sheet_name,
    lag(sheet_block) over snapshots as other_sheet_block,
    lag(sheet_row) over snapshots as other_sheet_row
  from reported
  window snapshots as (
    partition by institution_code, bare_number, fields
    order by period, delivery_id, sheet_name, sheet_block, sheet_row
  )
)

select
  delivery_id,
  sheet_name,
  sheet_block,
  sheet_row,
  fields,
  other_delivery_id,
  other_sheet_name,
  other_sheet_block,
  other_sheet_row,
  institution_code,
  note_number,
  case when fields not in ('borrower_key', 'household_key') then previous_value end as previous_value,
  case when fields not in ('borrower_key', 'household_key') then value end as value
from beside_previous
where @compared(value, previous_value) and @known(value) <> @known(previous_value)
