"""Questions to what a replica service did: its answers, the documents that it showed, and its deltas. Pure."""
