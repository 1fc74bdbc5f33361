"""The pictures of a replica: its sections, deltas and messages as lanes, and its document before and after."""
