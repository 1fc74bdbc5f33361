"""How long to leave a broker alone that is not there."""

from collections.abc import Iterator

_LONGEST = 60.0


def gaps() -> Iterator[float]:
    """Seconds before each new try: 1, 2, 4 … and then every minute."""
    gap = 1.0
    while True:
        yield gap
        gap = min(gap * 2, _LONGEST)
