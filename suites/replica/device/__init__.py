"""A device behind a replica, which the harness plays."""
