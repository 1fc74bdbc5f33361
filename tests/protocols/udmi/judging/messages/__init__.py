"""The tests of protocols.udmi.judging.messages."""
