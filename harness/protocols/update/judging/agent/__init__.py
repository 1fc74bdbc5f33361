"""Questions to a scenario in which the harness plays the update manager opposite an agent. Pure."""
