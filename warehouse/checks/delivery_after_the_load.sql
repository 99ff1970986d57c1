-- title: 报送的收到时间不应晚于加载的时间（时钟曾拨快；报送照到达的次序计）
-- table: dq_delivery
-- kind: plausibility
-- importance: normal
-- missing: never_skip
-- blocking: false
-- doubts: none
select d.delivery_id, d.received_at
from dq_delivery as d
cross join (select value from warehouse_info where name = 'cut_off') as i
where date_trunc('second', d.received_at) > cast(substr(i.value, 1, 19) as timestamp)
