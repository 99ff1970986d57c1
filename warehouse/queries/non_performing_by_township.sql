-- 问题: 各乡镇的不良贷款余额占多少？
-- 答法: 全部贷款，涉农的另见指标 loan_non_performing_rate；不良为五级分类中的次级、可疑、损失；各机构取其最近时点，余额不可跨时点相加。未分类的余额计入分母，
-- 单列一列；村名未报的贷款在“未知”。
with latest as (
  select institution_code, max(as_of_date) as as_of_date
  from fact_loan_balance
  group by institution_code
),

note as (
  select d.township_name, b.balance_yuan, b.five_class
  from fact_loan_balance as b
  inner join latest as l on l.institution_code = b.institution_code and l.as_of_date = b.as_of_date
  inner join dim_division as d on d.division_key = b.division_key
),

township as (
  select
    township_name,
    sum(balance_yuan) as balance,
    coalesce(sum(balance_yuan) filter (where five_class in ('次级', '可疑', '损失')), 0) as non_performing,
    coalesce(sum(balance_yuan) filter (where five_class = '关注'), 0) as special_mention,
    coalesce(sum(balance_yuan) filter (where five_class is null), 0) as unclassified
  from note
  group by township_name
)

select
  township_name as "乡镇",
  balance as "余额（元）",
  non_performing as "不良余额（元）",
  cast(100 * non_performing / nullif(balance, 0) as decimal(9,2)) as "不良占比（%）",
  special_mention as "关注余额（元）",
  unclassified as "未分类余额（元）"
from township
order by non_performing / nullif(balance, 0) desc nulls last, township_name
