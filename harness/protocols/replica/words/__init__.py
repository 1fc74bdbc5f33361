"""Topics and messages of a replica: what both sides share, and nothing that decides."""
