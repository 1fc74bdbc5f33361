"""What the device says is wrong, of its points and of itself."""
