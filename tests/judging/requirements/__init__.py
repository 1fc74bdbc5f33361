"""The tests of judging.requirements."""
