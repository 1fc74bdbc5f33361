"""pytest's face."""
