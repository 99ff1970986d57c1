-- Records that break a rule of their own sheet, with both sides.
-- grain, key: delivery_id x sheet_name x rule_cell x rule x cell; sources: source_printed_rule_violation
select * from source_printed_rule_violation
