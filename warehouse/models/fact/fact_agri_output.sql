-- Farming of villages: the whole year's output, and the animals kept at its end.
-- grain, key: village_code x year; sources: staged_agri_output, dim_period, dim_division
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
  cast(f.period as integer) as year,
  f.reporter_code,
  coalesce(v.division_key, 'unknown') as division_key,
  coalesce(v.township_code, 'unknown') as township_code,
  f.sown_area_mu,
  f.grain_sown_area_mu,
  f.grain_output_tonnes,
  f.pig_heads,
  f.sheep_heads,
  f.dairy_cow_heads,
  f.milk_output_tonnes,
  f.meat_output_tonnes,
  f.egg_output_tonnes,
  f.gross_output_value_yuan
from staged_agri_output as f
left join dim_period as p on p.period = f.period
left join dim_division as v
  on v.division_code = f.village_code
  and p.end_date >= v.lookup_from
  and p.end_date < v.lookup_to
