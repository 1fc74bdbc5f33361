"""A device behind a replica on its own."""
