-- Party organisations of the deliveries in force, as last reported.
-- grain, key: org_code; sources: staged_party_org
with report as (
  select
    *,
    row_number() over (
      partition by org_code
      order by period desc nulls last, delivery_id nulls last, sheet_name nulls last, sheet_row nulls last
    ) as newest_first
  from staged_party_org
),

reported_periods as (
  select org_code, min(period) as first_period, max(period) as last_period
  from staged_party_org
  group by org_code
)

select
  r.org_code,
  r.org_name,
  r.org_type,
  r.place_code,
  p.first_period,
  p.last_period
from report as r
inner join reported_periods as p on p.org_code = r.org_code
where r.newest_first = 1
