"""The simulated UDMI device: a pure machine; every decision of its is a rule."""
