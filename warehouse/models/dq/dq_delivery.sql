-- Every delivery with its outcome.
-- grain, key: delivery_id; sources: source_delivery
select * from source_delivery
