"""Suites of the device state replica: of a service, and of the devices behind it."""
