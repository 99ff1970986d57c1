-- title: 书记一人一档：每年评星的书记应与书记个人档案同数
-- table: fact_secretary_rating
-- kind: reconciliation
-- importance: low
-- missing: never_skip
-- blocking: false
with rated as (
  select year, count(*) as secretaries
  from fact_secretary_rating
  group by year
),

filed as (
  select year, count(*) filter (where has_secretary_file) as files
  from fact_party_org
  group by year
)

select r.year, r.secretaries, f.files
from rated as r
inner join filed as f on f.year = r.year
where r.secretaries <> f.files
