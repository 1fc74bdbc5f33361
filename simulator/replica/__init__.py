"""A device state replica: what a device is, what it is wanted to be, and the difference."""
