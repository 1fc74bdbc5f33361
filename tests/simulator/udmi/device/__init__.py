"""The simulated device, stepped: what it says to what it is sent, and when."""
