"""The tests of simulator.replica.rest."""
