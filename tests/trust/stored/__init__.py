"""What a home holds: damaged, deleted, copied, under a wrong clock, of an earlier release."""
