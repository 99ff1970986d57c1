-- Bank branches that report loans.
-- grain, key: institution_code; sources: ref_reporter
select
  reporter_code as institution_code,
  name as institution_name,
  division_code,
  valid_from,
  valid_to
from ref_reporter
where kind = 'bank'
