-- Households of an institution by their number, or else borrowers, and the unknown member; no names.
-- grain, key: household_key; sources: staged_loan_note, staged_loan_transaction
-- A transaction's borrower counts only where no snapshot has the note: the snapshot may know the household.
with noted as (
  select distinct reporter_code, household_key, borrower_key
  from staged_loan_note
),

noted_number as (
  select distinct reporter_code, note_number
  from staged_loan_note
),

only_in_flow as (
  select distinct t.reporter_code, cast(null as string) as household_key, t.borrower_key
  from staged_loan_transaction as t
  left join noted_number as n on n.reporter_code = t.reporter_code and n.note_number = t.note_number
  where n.note_number is null
),

seen as (
  select reporter_code, household_key, borrower_key from noted
  union all
  select reporter_code, household_key, borrower_key from only_in_flow
)

select distinct
  @household(reporter_code, household_key, borrower_key) as household_key,
  reporter_code as institution_code,
  case when household_key is null then 'borrower' else 'household' end as identified_by
from seen
union all
select 'unknown' as household_key, cast(null as string) as institution_code, 'unknown' as identified_by
