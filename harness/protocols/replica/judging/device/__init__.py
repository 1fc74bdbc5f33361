"""Questions to what a device behind a replica did: its reports, requests, and what became of wishes. Pure."""
