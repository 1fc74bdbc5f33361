"""Deviations and quirks in how writes, etags and expiries are taken."""
