"""Tests of the bridge between a device with an update manager and its replica."""
