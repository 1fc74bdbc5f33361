"""Which points are reported, and how."""
