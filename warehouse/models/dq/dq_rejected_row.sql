-- Why rows were rejected or flagged.
-- grain: reason of a row; sources: source_rejected_row
select * from source_rejected_row
