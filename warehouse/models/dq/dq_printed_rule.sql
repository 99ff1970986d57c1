-- Rules that the sheets print themselves, with the number of records evaluated by each.
-- grain, key: delivery_id x sheet_name x cell x rule; sources: source_printed_rule
select * from source_printed_rule
