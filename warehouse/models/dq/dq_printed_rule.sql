-- Rules that the sheets print themselves, and how many of their records were held against them.
-- grain, key: delivery_id x sheet_name x cell x rule; sources: source_printed_rule
select * from source_printed_rule
