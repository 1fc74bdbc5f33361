"""Devices that run alone, whatever protocol they speak: one and its log, their control over HTTP, their command."""
