"""Commands that speak of nothing but UDMI."""
