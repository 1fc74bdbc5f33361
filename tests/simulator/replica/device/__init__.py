"""The simulated device behind a replica."""
