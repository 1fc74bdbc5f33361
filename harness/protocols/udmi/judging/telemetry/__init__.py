"""Questions about telemetry: sample rate, values, completeness."""
