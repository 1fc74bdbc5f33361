"""Devices that are not ours: one behind somebody's broker, and one that connects to us."""
