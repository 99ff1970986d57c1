"""Layout: the cells of a sheet become candidate rows by contract, and every cell gets a class.

Put here: finding title, header, body, totals, footer and printed rules; drafts of deliveries; cell accounts.
Keep out: reading bytes (`reading`), typed values and row rules (`staging`), receipts on disk (`home`).
"""
