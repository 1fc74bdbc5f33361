"""The tests of judging.timing."""
