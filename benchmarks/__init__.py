"""How fast, how small, how steady: figures made by hand and read by people. No test depends on them."""
