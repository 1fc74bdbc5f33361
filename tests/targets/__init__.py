"""Devices that are not ours."""
