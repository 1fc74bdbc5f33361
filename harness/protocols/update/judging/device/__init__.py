"""Questions to a scenario in which the harness plays backend, agents and owner opposite a device. Pure."""
