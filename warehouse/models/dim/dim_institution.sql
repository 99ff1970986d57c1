-- Bank branches that report loans, by version as reporters are.
-- grain: institution_code x valid_from; key: institution_key (code@valid_from); sources: dim_reporter
select
  reporter_key as institution_key,
  reporter_code as institution_code,
  reporter_name as institution_name,
  division_code,
  valid_from,
  valid_to,
  lookup_from,
  lookup_to,
  is_current
from dim_reporter
where kind = 'bank'
