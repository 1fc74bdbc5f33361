"""Driving: the cloud, the stage, and what they record."""
