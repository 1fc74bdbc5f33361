"""The tests of protocols.udmi.fuzzing."""
