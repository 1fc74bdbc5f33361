"""UDMI's part around scenarios: first contact, the base state between them, the leave."""
