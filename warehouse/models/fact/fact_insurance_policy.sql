-- Agricultural insurance policies of the year, with the claims paid on them.
-- grain, key: reporter_code x policy_number x year
-- sources: staged_insurance_policy, dim_period, dim_reporter, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.reporter_code,
  f.policy_number,
  cast(f.period as integer) as year,
  coalesce(v.division_key, 'unknown') as division_key,
  v.township_code,
  f.insurer_name,
  f.product,
  f.sector,
  f.insured_subject,
  f.insured_area_mu,
  f.insured_head,
  f.insured_households,
  f.premium_yuan,
  f.claim_count,
  f.claims_yuan
from staged_insurance_policy as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_division as v
  on v.division_code = coalesce(f.village_code, r.division_code)
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
