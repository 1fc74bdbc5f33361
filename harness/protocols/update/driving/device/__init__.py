"""The backend, the agents and the owner that the harness plays opposite a device."""
