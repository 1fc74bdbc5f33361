"""How a replica service is driven."""
