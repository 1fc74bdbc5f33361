"""Driving: plays the cloud against a device and records all that passes. Nothing here judges."""
