"""The tests of mqtt."""
