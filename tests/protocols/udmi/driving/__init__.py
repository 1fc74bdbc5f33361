"""The tests of protocols.udmi.driving."""
