"""The tests of target."""
