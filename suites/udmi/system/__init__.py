"""The mode of the whole device."""
