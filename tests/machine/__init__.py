"""The tests of machine."""
