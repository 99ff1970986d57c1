"""One module a form: its staged table with the row rules, and the facts and marts that come of it.

Put here: a form's models and the closed lists of its fields.
Keep out: how the form arrives (a contract in sources/county/contracts/) and SQL (warehouse/models/).
"""
