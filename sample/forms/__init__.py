"""Records of the forms whose layout is drawn at random: a module a form, found by `form_files`.

Put here: modules with `sendings(seed, targets, people)`, which yields a `Sending` per reporter and period.
Keep out: layouts, file names and arrival times (`form_files`), and forms with layouts of their own (`plan`).
"""
