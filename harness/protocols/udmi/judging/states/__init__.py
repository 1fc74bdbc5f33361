"""Questions about states: header, points, etags, status entries, identity."""
