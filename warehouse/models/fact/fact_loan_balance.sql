-- Loan notes as of a date.
-- grain, key: institution_code x note_number x as_of_date; sources: staged_loan_note, dim_division
-- A missing borrower type is 'unknown', and not a farm household. A village that is not on the list keeps its
-- code as key, for the reference check to find.
with dated as (
  select
    *,
    cast(period as date) as as_of_date
  from staged_loan_note
)

select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.reporter_code as institution_code,
  f.note_number,
  @household(f.reporter_code, f.household_key, f.borrower_key) as household_key,
  case when f.household_key is null then 'borrower' else 'household' end as identified_by,
  coalesce(f.borrower_type, 'unknown') as borrower_type,
  coalesce(f.borrower_type = '农户', false) as is_farm_household,
  coalesce(v.division_key, f.village_code, 'unknown') as division_key,
  f.grant_date,
  f.purpose,
  f.rate_pct,
  f.as_of_date,
  f.amount_yuan,
  f.balance_yuan,
  f.due_date,
  f.extension_count,
  f.five_class
from dated as f
left join dim_division as v
  on v.division_code = f.village_code
  and f.as_of_date >= v.lookup_from
  and f.as_of_date < v.lookup_to
