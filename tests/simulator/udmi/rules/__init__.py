"""The tests of simulator.udmi.rules."""
