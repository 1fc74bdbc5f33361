"""The tests of simulator.replica."""
