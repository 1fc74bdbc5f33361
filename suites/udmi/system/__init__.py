"""What the whole device is at."""
