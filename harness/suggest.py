"""A hint for a mistyped word: the known word that is nearest to it."""

from collections.abc import Iterable
from difflib import get_close_matches

from harness.text import printable

_NEAR = 0.6  # from 0 (any word is near) to 1 (only the same word is)


def nearest(typed: str, known: Iterable[str], *, near: float = _NEAR) -> str | None:
    """The known word nearest to the typed one; None where no word is as near as `near`, a ratio of 0 to 1."""
    return next(iter(get_close_matches(typed, list(known), n=1, cutoff=near)), None)


def hinted(sentence: str, typed: str, known: Iterable[str], *, otherwise: str = "", near: float = _NEAR) -> str:
    """The sentence, then "; did you mean 'x'?", or "; " and `otherwise` (unless empty) where no known word is near."""
    word = nearest(typed, known, near=near)
    hint = otherwise if word is None else f"did you mean '{printable(word)}'?"
    return f"{sentence}; {hint}" if hint else sentence
