"""One list of checks for every broker that the harness starts."""
