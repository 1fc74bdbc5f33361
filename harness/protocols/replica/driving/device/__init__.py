"""The replica that the harness plays opposite a device, and what scenarios are handed."""
