-- Households of an institution by their number, or else borrowers, and the unknown member; no names.
-- grain, key: household_key; sources: staged_loan_note, staged_loan_transaction
-- A transaction's borrower counts only where no snapshot has the note: the snapshot may know the household.
with flow_reporter as (
  select distinct reporter_code
  from staged_loan_transaction
),

snapshot_note as (
  select distinct n.reporter_code, n.note_number
  from staged_loan_note as n
  inner join flow_reporter as r on r.reporter_code = n.reporter_code
),

borrower as (
  select reporter_code, household_key, borrower_key
  from staged_loan_note
  union all
  select t.reporter_code, cast(null as string) as household_key, t.borrower_key
  from staged_loan_transaction as t
  left join snapshot_note as n on n.reporter_code = t.reporter_code and n.note_number = t.note_number
  where n.note_number is null
)

select distinct
  @household(reporter_code, household_key, borrower_key) as household_key,
  reporter_code as institution_code,
  case when household_key is null then 'borrower' else 'household' end as identified_by
from borrower
union all
select 'unknown' as household_key, cast(null as string) as institution_code, 'unknown' as identified_by
