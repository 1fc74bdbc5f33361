"""Fuzzing: sequences that nobody thought of, played to a device in stepped time, and what every message must keep."""
