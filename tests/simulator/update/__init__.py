"""The simulator of the update."""
