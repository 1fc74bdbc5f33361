"""The tests of mutation."""
