"""Devices as a UDMI site model describes them."""
