"""Tests of devices that run alone, whatever protocol they speak."""
