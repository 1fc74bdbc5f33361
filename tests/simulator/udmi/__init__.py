"""The tests of simulator.udmi."""
