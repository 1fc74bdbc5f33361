"""Tests of devices on their own."""
