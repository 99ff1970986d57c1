"""The district that is made up: who reports, and the enterprises, households and amounts they report.

Put here: what is invented, drawn from named streams of chance.
Keep out: how a file of it looks, and what is wrong with one.
"""
