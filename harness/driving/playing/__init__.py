"""Parts of what every plug plays: a link that records, waits on what is heard, conditions that are brought about."""
