"""The tests of protocols.udmi.words."""
