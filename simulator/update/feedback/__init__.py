"""Feedback of agents and managers: the report, its circumstances, and how it is written."""
