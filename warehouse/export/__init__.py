"""What leaves the home as files for other programs: marts without small cells, as CSV, Parquet, SDMX-CSV and a data package.

Put here: what is suppressed, and how files for others look.
Keep out: pages and workbooks (`reports`), and which numbers are of households (`schemas`).
"""
