"""A search for what the replica service gets wrong, and faults that it has to find."""
