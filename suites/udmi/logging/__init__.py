"""What the device writes down of itself."""
