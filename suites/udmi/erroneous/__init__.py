"""Configs that are wrong, and configs that only look so."""
