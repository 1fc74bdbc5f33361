"""The bridge between a device with an update manager and its replica: desired software goes in, the inventory out."""
