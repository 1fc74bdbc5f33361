"""What a run will decide, before it."""
