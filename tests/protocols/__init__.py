"""The tests of protocols."""
