"""What is wrong with some of the files, as in real ones, and what must become of each.

Put here: faults, where they are planted, corrections that answer them.
Keep out: sound files.
"""
