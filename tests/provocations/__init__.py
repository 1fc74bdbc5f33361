"""Ways to bring a condition about."""
