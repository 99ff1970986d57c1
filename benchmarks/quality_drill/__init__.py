"""The quality drill: faults planted in unseen sample districts, and what the checks make of them."""
