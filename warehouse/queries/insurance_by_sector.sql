-- 问题: 农业保险各行业、各险种的保费和赔付多少，赔付率多高？
-- 答法: 取最近一年，赔付是年末已决的，未决的以后才有。一户可有几份保单，参保的是户次；面积与头数不能相加，所以不列。
with latest_year as (
  select max(year) as year
  from fact_insurance_policy
)

select
  p.sector as "行业",
  p.product as "险种",
  count(*) as "保单（份）",
  cast(sum(p.insured_households) as bigint) as "参保（户次）",
  sum(p.premium_yuan) as "保费（元）",
  cast(sum(p.claim_count) as bigint) as "赔案（件）",
  sum(p.claims_yuan) as "赔付（元）",
  cast(100 * sum(p.claims_yuan) / nullif(sum(p.premium_yuan), 0) as decimal(9,2)) as "赔付率（%）"
from fact_insurance_policy as p
inner join latest_year as l on l.year = p.year
group by p.sector, p.product
order by sum(p.premium_yuan) desc
