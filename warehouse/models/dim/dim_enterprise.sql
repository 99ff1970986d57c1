-- Enterprises of the deliveries in force, as last reported.
-- grain, key: credit_code; sources: staged_agri_processing
with report as (
  select
    *,
    row_number() over (
      partition by credit_code
      order by period desc nulls last, delivery_id nulls last, sheet_name nulls last, sheet_row nulls last
    ) as newest_first
  from staged_agri_processing
),

reported_periods as (
  select credit_code, min(period) as first_period, max(period) as last_period
  from staged_agri_processing
  group by credit_code
)

select
  r.credit_code,
  r.enterprise_name,
  r.cluster,
  r.leading_level,
  r.is_above_scale,
  r.reporter_code,
  p.first_period,
  p.last_period
from report as r
inner join reported_periods as p on p.credit_code = r.credit_code
where r.newest_first = 1
