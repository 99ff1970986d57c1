-- Totals printed in the files beside the sums of their rows.
-- grain, key: delivery_id x sheet_name x cell x field; sources: source_control_total
select * from source_control_total
