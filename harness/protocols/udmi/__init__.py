"""UDMI: writeback and pointsets of a device."""
