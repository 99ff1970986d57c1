"""Templates: blank forms for reporters, generated from contract and table.

Put here: planning and writing blank workbooks, guides and header lines of text files, their wording and look.
Keep out: reading filled forms (`layout`), the rules themselves (`schemas`), filled workbooks (`sample`).
"""
