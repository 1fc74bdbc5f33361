"""Checks of what spoils verdicts on a replica service, or on a device behind one. Pure."""
