"""Deviations and quirks in what states say."""
