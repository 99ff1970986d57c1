-- Reporters by version, one for each row of the list: townships, subdistricts, bureaus and bank branches.
-- grain: reporter_code x valid_from; key: reporter_key (code@valid_from); sources: ref_reporter
-- Every date falls in one version's [lookup_from, lookup_to), also after the reporter has closed.
with version as (
  select
    *,
    row_number() over (partition by reporter_code order by valid_from nulls first) as version_number,
    lead(valid_from) over (partition by reporter_code order by valid_from nulls first) as next_valid_from
  from ref_reporter
)

select
  concat(reporter_code, '@', cast(valid_from as string)) as reporter_key,
  reporter_code,
  name as reporter_name,
  kind,
  division_code,
  valid_from,
  valid_to,
  case when version_number = 1 then date '1900-01-01' else valid_from end as lookup_from,
  coalesce(next_valid_from, date '9999-12-31') as lookup_to,
  next_valid_from is null as is_current
from version
