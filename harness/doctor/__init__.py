"""What keeps a verdict from being about the device: found, told whose it is, and how to mend it, before any verdict."""
