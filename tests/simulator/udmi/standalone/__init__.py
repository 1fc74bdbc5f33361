"""UDMI devices on their own."""
