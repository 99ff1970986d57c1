-- 问题: 哪些报送被退回，或者有退回、存疑的行，影响哪些数？
-- 答法: 看有效的报送，和退回后尚未重报的。整份退回时，此前有合格报送的仍用旧数，否则该期缺数；
-- 部分行退回时，相关的数偏小。连表或报告期都认不出、此后又有报送的，是否已经重报须人工核对。逐格的原因在 dq_rejected_row。
with needed as (
  select distinct n.staged_table, i.indicator_name
  from dim_indicator_form as n
  join dim_indicator as i using (indicator_code)
),

affected as (
  select staged_table, string_agg(indicator_name, '、' order by indicator_name) as figures
  from needed
  group by staged_table
),

in_force as (
  select distinct staged_table, reporter_code, period
  from dq_delivery
  where is_in_force
),

doubtful as (
  select *
  from dq_delivery
  where resend is not null
    or (is_open and outcome = 'rejected' and reasons like 'delivery__internal_error @ %')
    or (is_in_force and (rejected_rows > 0 or flagged_rows > 0))
)

select
  r.reporter_name as "填报单位",
  d.file_name as "文件",
  d.period as "报告期",
  case
    when d.outcome = 'rejected' and d.resend is null then '程序出错，不必重报'
    when d.resend = 'uncertain' then '整份退回，或已重报'
    when d.staged_table = '' or d.period = '' then '整份退回，未认出表或报告期'
    when d.outcome = 'rejected' and d.reasons like '%delivery__period_mismatch @ %' then '整份退回，报告期不一致'
    when d.outcome = 'rejected' and f.period is null then '整份退回，该期缺数'
    when d.outcome = 'rejected' then '整份退回，仍用此前的报送'
    when d.rejected_rows > 0 then '部分行退回'
    else '有存疑的行'
  end as "情况",
  d.rejected_rows as "退回（行）",
  d.flagged_rows as "存疑（行）",
  coalesce(a.figures, nullif(d.form_title, ''), '未认出') as "影响的数"
from doubtful as d
left join dim_reporter as r on r.reporter_code = d.reporter_code and r.is_current
left join affected as a on a.staged_table = d.staged_table
left join in_force as f
  on f.staged_table = d.staged_table and f.reporter_code = d.reporter_code and f.period = d.period
order by d.outcome desc, r.reporter_name, d.period, d.file_name
