"""Commands on what reporters send: a trial of one file, decisions on deliveries, periods and findings."""
