"""A simulated update agent on its own: its log, its control, its command."""
