"""UDMI's part of the doctor: the case, and checks of a UDMI device's messages."""
