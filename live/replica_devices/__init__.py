"""Devices behind a replica that share nothing with Setpoint, and how its suites judge them."""
