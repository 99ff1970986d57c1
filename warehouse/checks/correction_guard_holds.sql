-- title: 有效的更正，有效报送的单元格应仍是登记的原文
-- table: dq_correction
-- kind: reconciliation
-- importance: high
-- missing: never_skip
-- blocking: true
-- doubts: none
select
  delivery_id,
  cell as cells,
  correction_file as "更正文件",
  correction_id as "编号",
  concat(sheet_name, '!', cell) as "单元格",
  expected_text as "应为原文",
  case
    when state = 'no_delivery' then '（没有有效报送）'
    when found_text is null then '（不是该字段的单元格，或原文不显示）'
    else found_text
  end as "现为",
  '撤回该条（status = "withdrawn"），或核实后改 expect' as "处理"
from dq_correction
where state in ('guard_failed', 'no_delivery')
order by correction_file, correction_id
