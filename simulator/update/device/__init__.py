"""A simulated device: its update manager and its own agents, pure machines that talk through one queue."""
