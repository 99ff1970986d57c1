-- Reasons for which rows were rejected or flagged.
-- grain: delivery_id x sheet_name x sheet_row x rule x cell; sources: source_rejected_row
select * from source_rejected_row
