"""The declaration of a simulated device: its file, its points, its identity."""
