"""Questions about every message: schema, timestamps, topic."""
