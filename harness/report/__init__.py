"""Readers of results. `results.json` and the trace are the record; every other file can be made from them later."""
