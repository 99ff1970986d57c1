-- Visits to rural sites and their revenue, each month's own flow as reported.
-- grain, key: village_code x site_name x year x month; sources: staged_rural_tourism, dim_date, dim_division
with month_end as (
  select month_label, max(calendar_date) as month_end_date
  from dim_date
  group by month_label
)

select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.village_code,
  f.site_name,
  cast(substr(f.period, 1, 4) as integer) as year,
  cast(substr(f.period, 6, 2) as integer) as month,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.visits,
  f.revenue_yuan
from staged_rural_tourism as f
left join month_end as m on m.month_label = f.period
left join dim_division as v
  on v.division_code = f.village_code
  and m.month_end_date >= v.lookup_from
  and m.month_end_date < v.lookup_to
