"""Results on a terminal: an outcome that fits one screen, and all of it for those who ask."""
