-- What became of every delivery.
-- grain, key: delivery_id; sources: source_delivery
select * from source_delivery
