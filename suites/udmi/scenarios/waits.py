"""How long a scenario hopes where no source sets a time."""

PATIENCE = 20  # seconds: what UDMI's own sequencer waits for a value_state, or for telemetry to follow it
