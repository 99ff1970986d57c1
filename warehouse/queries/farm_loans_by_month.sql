-- 问题: 各乡镇的农户贷款逐月投放多少，自起始日以来累计多少？
-- 答法: 只计新发放，借新还旧、无还本续贷、展期和发放类型未报的不计，冲销发放在冲正当月减去；借款人类型未报的不算农户，另见 mart_loan_disbursement.unknown_borrower_amount_yuan。
-- 累计由逐月数相加，因为各机构最近一期不同；末尾几个月可能还缺机构。村名未报的在“未知”。
with monthly as (
  select
    township_name,
    month_label,
    sum(farm_amount_yuan) as amount,
    sum(farm_notes) as notes
  from mart_loan_disbursement
  group by township_name, month_label
)

select
  township_name as "乡镇",
  month_label as "月份",
  amount as "当月农户发放额（元）",
  notes as "当月笔数（笔）",
  sum(amount) over (partition by township_name order by month_label) as "累计农户发放额（元）"
from monthly
order by township_name, month_label
