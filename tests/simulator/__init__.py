"""The simulated devices: pure machines, driven by hand."""
