"""How a device behind a replica is driven."""
