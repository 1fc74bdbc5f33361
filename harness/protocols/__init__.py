"""Protocols that the instrument can be given to speak. Each is a plug, found by entry point."""
