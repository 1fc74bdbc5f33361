"""The counterparts that the harness plays opposite update agents and devices."""
