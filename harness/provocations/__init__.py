"""How a condition is brought about on a device that is not ours: by a command, an HTTP call, or a person."""
