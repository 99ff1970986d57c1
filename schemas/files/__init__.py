"""Files that a steward writes, read strictly: what is wrong with them, where, and what is allowed, in Chinese."""
