"""Questions to a UDMI device's recorded episodes. Pure: the same records, the same answers."""
