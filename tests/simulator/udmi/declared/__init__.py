"""The tests of simulator.udmi.declared."""
