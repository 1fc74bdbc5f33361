"""The device and its broker."""
