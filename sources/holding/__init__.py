"""What each delivery counts for: in force, held until a steward decides, or withdrawn.

Put here: what follows from receipts and decisions together, as a pure function of both. Keep out: what one file holds
(`staging`), and replies to senders (`replies`).
"""
