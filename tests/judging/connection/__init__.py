"""The tests of judging.connection."""
