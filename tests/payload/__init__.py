"""The tests of payload."""
