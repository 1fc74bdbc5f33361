"""The tests of files."""
