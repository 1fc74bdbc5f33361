"""Commands of the terminal that speak of nothing but UDMI."""
