"""Tests of the update's plug."""
