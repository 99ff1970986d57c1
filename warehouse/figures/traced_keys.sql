-- The number of different keys that each distinct count of a figure counts.
-- grain, key: term; source: mart_figure_row
-- parameters: indicator_code, period, division_code
select r.term, count(distinct r.counted_key) as key_count
from mart_figure_row as r
where r.indicator_code = $indicator_code and r.period = $period and r.is_counted and r.year_role = 'current'
  and r.aggregate = 'count_distinct'
  and $division_code in (r.place_code, r.township_code, concat(r.county_code, '000000'))
group by r.term
