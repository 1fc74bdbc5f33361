"""Tests of what a CI server reads."""
