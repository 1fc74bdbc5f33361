"""The tests of judging.verdicts."""
