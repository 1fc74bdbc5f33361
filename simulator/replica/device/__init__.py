"""The simulated device behind a replica: what it is told and the time in, messages out. Pure."""
