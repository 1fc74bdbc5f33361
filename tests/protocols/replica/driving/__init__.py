"""The counterparts of a replica and of its devices."""
