"""Suites of a desired state of software: of update agents, and of the devices that they are on."""
