"""The tests of protocols.udmi."""
