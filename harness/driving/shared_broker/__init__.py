"""A broker that others use too: the device is claimed, its retained config is backed up and restored."""
