"""The tests of broker.server."""
