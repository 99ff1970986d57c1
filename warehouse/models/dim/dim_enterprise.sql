-- Enterprises by version, one for each run of periods that report them alike.
-- grain: credit_code x valid_from; key: enterprise_key (code@valid_from)
-- sources: staged_agri_processing, dim_period
-- A version holds from the first day of the period that first reports it: what ends within that period lies in it. A
-- period that leaves the code out stays with the version before it. Every date falls in one version's
-- [lookup_from, lookup_to). Of rows of one code and period, that of the first delivery counts.
with placed as (
  select
    f.*,
    p.start_date,
    row_number() over (
      partition by f.credit_code, f.period
      order by f.delivery_id nulls last, f.sheet_name nulls last, f.sheet_row nulls last
    ) as row_in_period
  from staged_agri_processing as f
  inner join dim_period as p on p.period = f.period
),

-- Equal rows that follow one another share the difference of their two numbers.
report as (
  select
    *,
    row_number() over (partition by credit_code order by start_date nulls first)
    - row_number() over (
      partition by credit_code, enterprise_name, cluster, leading_level, is_above_scale, reporter_code
      order by start_date nulls first
    ) as run_number
  from placed
  where row_in_period = 1
),

run as (
  select
    credit_code,
    enterprise_name,
    cluster,
    leading_level,
    is_above_scale,
    reporter_code,
    min(start_date) as valid_from,
    min(period) as first_period,
    max(period) as last_period
  from report
  group by credit_code, enterprise_name, cluster, leading_level, is_above_scale, reporter_code, run_number
),

version as (
  select
    *,
    row_number() over (partition by credit_code order by valid_from nulls first) as version_number,
    lead(valid_from) over (partition by credit_code order by valid_from nulls first) as valid_to
  from run
)

select
  concat(credit_code, '@', cast(valid_from as string)) as enterprise_key,
  credit_code,
  enterprise_name,
  cluster,
  leading_level,
  is_above_scale,
  reporter_code,
  valid_from,
  valid_to,
  case when version_number = 1 then date '1900-01-01' else valid_from end as lookup_from,
  coalesce(valid_to, date '9999-12-31') as lookup_to,
  valid_to is null as is_current,
  first_period,
  last_period
from version
