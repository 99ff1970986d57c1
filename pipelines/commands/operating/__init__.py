"""Commands of whoever runs a home: loads, the UI, what is overdue, backups."""
