-- 问题: 各乡镇当年被督查几次，问题整改了多少，包联领导走访了多少？
-- 答法: 取最近一年，督查各季相加。整改截至各季末，此后整改的不在其中；通报全区的不在各乡镇。走访按包联村所在的乡镇计。
-- 全区没有报送的为空，不是零。
with latest_year as (
  select max(year) as year
  from fact_work_supervision
),

supervision as (
  select
    f.township_code,
    count(*) filter (where f.kind = '督查指导') as supervisions,
    count(*) filter (where f.kind = '工作通报') as circulars,
    coalesce(sum(f.problems_found) filter (where f.kind = '督查指导'), 0) as problems_found,
    coalesce(sum(f.problems_rectified) filter (where f.kind = '督查指导'), 0) as problems_rectified
  from fact_work_supervision as f
  inner join latest_year using (year)
  group by f.township_code
),

reported_pairs as (
  select count(*) as pairs
  from fact_leadership_pairing
  inner join latest_year using (year)
),

pairing as (
  select
    f.township_code,
    count(distinct f.village_code) as villages,
    sum(f.visits) as visits
  from fact_leadership_pairing as f
  inner join latest_year using (year)
  group by f.township_code
)

select
  d.township_name as "乡镇",
  case when y.year is not null then coalesce(s.supervisions, 0) end as "督查指导（次）",
  case when y.year is not null then coalesce(s.circulars, 0) end as "工作通报（份）",
  case when y.year is not null then coalesce(s.problems_found, 0) end as "发现问题（个）",
  case when y.year is not null then coalesce(s.problems_rectified, 0) end as "已整改（个）",
  cast(100 * s.problems_rectified / nullif(s.problems_found, 0) as decimal(9,2)) as "整改率（%）",
  case when r.pairs > 0 then coalesce(p.villages, 0) end as "包联村（个）",
  case when r.pairs > 0 then coalesce(p.visits, 0) end as "走访（次）"
from dim_division as d
cross join latest_year as y
cross join reported_pairs as r
left join supervision as s using (township_code)
left join pairing as p using (township_code)
where d.level in ('township', 'town') and d.lookup_to = date '9999-12-31' and d.valid_to is null
order by "整改率（%）" desc nulls last, "乡镇"
