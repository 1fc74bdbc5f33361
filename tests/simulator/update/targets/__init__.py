"""Simulated agents as targets."""
