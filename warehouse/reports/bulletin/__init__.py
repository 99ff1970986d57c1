"""The yearly bulletin of a district, as a page of HTML, a Word document and an Excel workbook.

Put here: chapters, lines, breakdowns, the comparison with the printed bulletin and its figures (`printed/`).
Keep out: computing of figures (`models/mart/`), number formats of other reports too (`reports/rendering.py`).
"""
