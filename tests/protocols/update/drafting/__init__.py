"""Drafts of profiles of update agents and devices."""
