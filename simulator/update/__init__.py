"""Update agents, and a device with its update manager and agents, healthy or broken: pure machines."""
