"""The counterparts that the harness plays opposite an agent, or a device."""
