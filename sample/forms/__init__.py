"""What reporters say on the forms of the sample district: a module a form, found by name.

Each has `sendings(seed, targets, people)`, which gives a `Sending` for every reporter and period.
"""
