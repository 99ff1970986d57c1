"""Two homes compared, whatever code made them. Keep the project's packages out: their layouts differ."""
