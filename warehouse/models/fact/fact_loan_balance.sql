-- Loan notes as of a date.
-- grain, key: institution_code x note_number x as_of_date; sources: staged_loan_note, dim_division
-- Amounts, dates and class are those of the row. What does not depend on the day (household number, borrower, borrower
-- type, village, purpose, grant type, prior note) is the last that any snapshot in force reports, in all rows of a note;
-- a blank takes nothing back, and `corrected` lists what a corrected cell of another row gave. A note without a
-- household number is of the borrower's household where the institution knows exactly one number of the borrower.
-- A missing borrower or grant type is 'unknown', and counts as neither. A village that is not on the list keeps its
-- code as key, for the reference check to find. Of one snapshot, the rows are taken as they are.
with sender as (
  select
    reporter_code,
    min(period) <> max(period) as has_sent_again,
    count(household_key) > 0 and count(household_key) < count(*) as has_numbered_some
  from staged_loan_note
  group by reporter_code
),

known as (
  select
    n.reporter_code,
    @unpadded(n.note_number) as bare_number,
    @last_known(n, household_key) as household_key,
    @last_known(n, borrower_key) as borrower_key,
    @last_known(n, borrower_type) as borrower_type,
    @last_known(n, village_code) as village_code,
    @last_known(n, purpose) as purpose,
    @last_known(n, grant_type) as grant_type,
    @last_known(n, prior_note_number) as prior_note_number,
    nullif(concat_ws(
      ';',
      @corrected_last_known(n, household_key),
      @corrected_last_known(n, borrower_key),
      @corrected_last_known(n, borrower_type),
      @corrected_last_known(n, village_code),
      @corrected_last_known(n, purpose),
      @corrected_last_known(n, grant_type),
      @corrected_last_known(n, prior_note_number)
    ), '') as corrected
  from staged_loan_note as n
  inner join sender as s on s.reporter_code = n.reporter_code and s.has_sent_again
  group by n.reporter_code, @unpadded(n.note_number)
),

numberless as (
  select distinct n.reporter_code, n.borrower_key
  from staged_loan_note as n
  inner join sender as s on s.reporter_code = n.reporter_code and s.has_numbered_some
  where n.household_key is null
),

only_household as (
  select n.reporter_code, n.borrower_key, min(n.household_key) as household_key
  from staged_loan_note as n
  inner join numberless as b on b.reporter_code = n.reporter_code and b.borrower_key = n.borrower_key
  where n.household_key is not null
  group by n.reporter_code, n.borrower_key
  having min(n.household_key) = max(n.household_key)
),

note as (
  select
    n.*,
    cast(n.period as date) as as_of_date,
    coalesce(k.household_key, n.household_key) as known_household_key,
    coalesce(k.borrower_key, n.borrower_key) as known_borrower_key,
    coalesce(k.borrower_type, n.borrower_type, 'unknown') as known_borrower_type,
    coalesce(k.village_code, n.village_code) as known_village_code,
    coalesce(k.purpose, n.purpose) as known_purpose,
    coalesce(k.grant_type, n.grant_type, 'unknown') as known_grant_type,
    coalesce(k.prior_note_number, n.prior_note_number) as known_prior_note_number,
    nullif(k.corrected, n.corrected) as corrected_elsewhere
  from staged_loan_note as n
  left join known as k on k.reporter_code = n.reporter_code and k.bare_number = @unpadded(n.note_number)
)

select
  n.county_code,
  n.delivery_id,
  n.sheet_name,
  n.sheet_block,
  n.sheet_row,
  n.flags,
  nullif(concat_ws(';', n.corrected, n.corrected_elsewhere), '') as corrected,
  n.reporter_code as institution_code,
  n.note_number,
  @household(n.reporter_code, coalesce(n.known_household_key, h.household_key), n.known_borrower_key) as household_key,
  case
    when coalesce(n.known_household_key, h.household_key) is null then 'borrower'
    when n.household_key = n.known_household_key then 'household'
    else 'household_elsewhere'
  end as identified_by,
  n.known_borrower_type as borrower_type,
  n.known_borrower_type = '农户' as is_farm_household,
  coalesce(v.division_key, n.known_village_code, 'unknown') as division_key,
  n.grant_date,
  n.known_purpose as purpose,
  n.known_grant_type as grant_type,
  n.known_prior_note_number as prior_note_number,
  n.rate_pct,
  n.as_of_date,
  n.amount_yuan,
  n.balance_yuan,
  n.due_date,
  n.extension_count,
  n.five_class,
  case
    when n.known_borrower_type in ('农户', '农民专业合作社')
      or coalesce(n.known_purpose in ('种植', '养殖', '农产品加工', '农机购置'), false)
      then true
    when n.known_borrower_type <> 'unknown' and n.known_purpose is not null then false
  end as is_agriculture_related
from note as n
left join only_household as h on h.reporter_code = n.reporter_code and h.borrower_key = n.known_borrower_key
left join dim_division as v
  on v.division_code = n.known_village_code
  and n.as_of_date >= v.lookup_from
  and n.as_of_date < v.lookup_to
