-- Policy documents in force at the end of the year.
-- grain, key: document_number x year; sources: staged_policy_document, dim_period, dim_reporter, dim_division
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.document_number,
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  f.document_title,
  f.package_code,
  f.issued_date,
  f.issuer_name
from staged_policy_document as f
left join dim_period as p on p.period = f.period
left join dim_reporter as r on r.reporter_code = f.reporter_code
left join dim_division as v
  on v.division_code = r.division_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
