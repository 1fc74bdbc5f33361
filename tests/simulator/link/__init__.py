"""The tests of simulator.link."""
