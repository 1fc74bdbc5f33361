"""Simulated devices: healthy, broken in one clause, or odd. Pure machines; every decision of theirs is a rule."""
