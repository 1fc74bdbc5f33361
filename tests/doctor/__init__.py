"""Tests of what keeps a verdict from being about the device."""
