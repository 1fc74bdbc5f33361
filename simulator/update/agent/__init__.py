"""A simulated update agent: one domain's components, that change as a manager commands."""
