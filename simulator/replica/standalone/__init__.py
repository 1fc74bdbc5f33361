"""A simulated device behind a replica on its own: its log, its control, its command."""
