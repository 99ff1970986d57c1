"""Documents made of the published warehouse: bulletin, quality page, data dictionary, and their plots.

Put here: what reads published tables and renders HTML, Markdown, Excel or SVG, with its templates.
Keep out: SQL that builds tables, rules and scores; writing files (`pipelines/pages/`).
"""
