"""Questions about events of the system: log entries and metrics."""
