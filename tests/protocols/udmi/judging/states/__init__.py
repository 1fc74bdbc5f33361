"""The tests of protocols.udmi.judging.states."""
