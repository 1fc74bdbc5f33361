"""`setpoint explain`: requirements, areas and simulated devices in words, and how many requirements there are."""
