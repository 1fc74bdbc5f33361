"""The tests of protocols.udmi.judging.events."""
