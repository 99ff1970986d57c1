"""Files that arrive damaged, hostile, odd, twice or by the thousand."""
