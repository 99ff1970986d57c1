-- title: 每份报送文件程序都应能读完（出错的按编号查日志）
-- table: dq_delivery
-- kind: completeness
-- importance: high
-- missing: never_skip
-- blocking: false
-- doubts: none
select delivery_id, period, file_name, reasons
from dq_delivery
where is_open and reasons like 'delivery__internal_error @ %'
