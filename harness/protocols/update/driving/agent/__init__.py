"""The update manager that the harness plays opposite an agent."""
