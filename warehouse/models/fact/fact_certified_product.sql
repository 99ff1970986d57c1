-- Certificates of farm products in the register at the end of the year, and their validity on that day.
-- grain, key: certificate_number x year; sources: staged_certified_product, dim_period, dim_reporter, dim_division
-- First and last day of validity both count; a certificate without a last day lasts.
select
  f.county_code,
  f.delivery_id,
  f.sheet_name,
  f.sheet_block,
  f.sheet_row,
  f.flags,
  f.corrected,
  f.period,
  f.certificate_number,
  cast(f.period as integer) as year,
  p.end_date as as_of_date,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  f.township_code,
  f.product_name,
  f.holder_name,
  f.certification,
  f.valid_from_date,
  f.valid_to_date,
  f.uses_regional_brand,
  f.valid_from_date <= p.end_date and p.end_date <= coalesce(f.valid_to_date, p.end_date) as is_valid_on_as_of
from staged_certified_product as f
inner join dim_period as p on p.period = f.period
left join dim_reporter as r
  on r.reporter_code = f.reporter_code
  and p.end_date >= r.lookup_from
  and p.end_date < r.lookup_to
left join dim_division as v
  on v.division_code = coalesce(f.township_code, r.division_code)
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
