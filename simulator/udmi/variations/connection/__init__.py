"""Deviations and quirks of the connection, the network and the clock."""
