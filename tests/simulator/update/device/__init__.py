"""The simulated device of an update, stepped by hand."""
