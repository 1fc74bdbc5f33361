"""Tests of what happens around the scenarios of a UDMI device."""
