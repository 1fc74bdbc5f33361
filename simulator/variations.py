"""tmp"""
VARIATIONS = ()
