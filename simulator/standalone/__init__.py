"""Simulated devices on their own: in real time, on any broker, watched in a log and moved from a control page."""
