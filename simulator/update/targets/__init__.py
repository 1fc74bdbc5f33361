"""Simulated agents and devices of an update, as targets."""
