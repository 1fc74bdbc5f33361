"""What a terminal shows of results: an outcome that fits one screen, and all of it for those who ask."""
