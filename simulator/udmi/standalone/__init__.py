"""UDMI devices on their own: their log lines, their control over HTTP, and the page for it."""
