"""The tests of report.page."""
