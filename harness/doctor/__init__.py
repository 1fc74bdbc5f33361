"""Finds problems that keep a verdict from being about the device: whose each is, and how to mend it."""
