"""Log entries and metrics of the device."""
