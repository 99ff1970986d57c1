-- The divisions of each list that figures are counted on.
-- grain, key: basis x division_key
-- sources: dim_division, ref_division_list
with latest as (
  select max(list_date) as list_date
  from ref_division_list
)

select
  l.basis,
  d.division_key,
  l.list_date,
  l.list_date = m.list_date as is_latest
from dim_division as d
inner join ref_division_list as l
  on d.valid_from <= l.list_date and coalesce(d.valid_to, date '9999-12-31') > l.list_date
cross join latest as m
where d.list_row is not null
