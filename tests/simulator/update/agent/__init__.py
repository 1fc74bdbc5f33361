"""The simulated update agent."""
