-- title: 各乡镇每年应报齐当年年末的全部行政村
-- table: fact_village_profile
-- kind: completeness
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
with reported_year as (
  select distinct year, make_date(year, 12, 31) as year_end_date
  from fact_village_profile
),

listed_village as (
  select y.year, d.township_code, d.township_name, d.division_code as village_code
  from reported_year as y
  join dim_division as d
    on d.level = 'village'
    and y.year_end_date >= d.valid_from
    and y.year_end_date < coalesce(d.valid_to, date '9999-12-31')
)

select
  l.year,
  l.township_code,
  l.township_name,
  count(*) as listed_villages,
  count(f.village_code) as reported_villages
from listed_village as l
left join fact_village_profile as f on f.year = l.year and f.village_code = l.village_code
group by l.year, l.township_code, l.township_name
having count(f.village_code) < count(*)
