-- title: 书记一人一档：每年评星的书记应与书记个人档案同数
-- table: fact_secretary_rating
-- kind: reconciliation
-- importance: low
-- missing: never_skip
-- blocking: false
-- doubts: none
with ratings as (
  select year, count(*) as secretaries
  from fact_secretary_rating
  group by year
),

secretary_files as (
  select year, count(*) filter (where has_secretary_file) as files
  from fact_party_org
  group by year
)

select r.year, r.secretaries, f.files
from ratings as r
inner join secretary_files as f on f.year = r.year
where r.secretaries <> f.files
