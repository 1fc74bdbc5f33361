"""Topics, statuses and messages of an update: what both sides share, and nothing that decides."""
