"""Devices as other teams write them: paho-mqtt and dicts, after UDMI's documents; nothing of Setpoint is in them."""
