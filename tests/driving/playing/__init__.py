"""Tests of the parts of what every plug plays."""
