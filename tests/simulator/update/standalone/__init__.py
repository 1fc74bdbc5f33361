"""A simulated update agent on its own."""
