"""Tests of what a terminal shows of results."""
