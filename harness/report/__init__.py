"""Readers of results. `results.json` and the trace are the record; every other file is made from them, then or later."""
