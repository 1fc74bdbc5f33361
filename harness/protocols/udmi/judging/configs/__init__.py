"""Questions about configs, and how the device answers them."""
