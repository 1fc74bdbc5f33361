"""When telemetry comes, and what of."""
