"""What a person at the terminal sees, and JSON and CSV for programs.

Put here: how answers are printed.
Keep out: deciding anything.
"""
