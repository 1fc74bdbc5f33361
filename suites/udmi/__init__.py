"""UDMI devices."""
