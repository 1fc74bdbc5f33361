"""The cloud that the harness plays opposite a UDMI device, and what a scenario is handed."""
