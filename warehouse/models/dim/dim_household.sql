-- Households of an institution by their number, or else borrowers, and the unknown member; no names.
-- grain, key: household_key; sources: fact_loan_balance, fact_loan_disbursement
-- What a ledger grants is of a note that it lists; only flows may have borrowers of whom no snapshot has the note.
with borrower as (
  select household_key, institution_code, identified_by
  from fact_loan_balance
  union all
  select household_key, institution_code, identified_by
  from fact_loan_disbursement
  where transaction_serial <> ''
)

select distinct
  household_key,
  institution_code,
  case when identified_by = 'borrower' then 'borrower' else 'household' end as identified_by
from borrower
union all
select 'unknown' as household_key, cast(null as string) as institution_code, 'unknown' as identified_by
