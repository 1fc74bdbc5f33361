"""Text of a device's, made harmless to read: nothing invisible, nothing that turns the line around, nothing endless."""

import unicodedata

_LONGEST = 4000  # characters
_MOST_MARKS = 3  # accents that may pile up on one letter


def visible(text: str, at_most: int = _LONGEST) -> str:
    """What does not print is written as its escape, line ends stay; of what is too long, how long it is."""
    shown = "".join(_shown(text[:at_most]))
    return shown if len(text) <= at_most else f"{shown}… ({len(text):,} characters)"


def _shown(text: str) -> list[str]:
    parts: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        fine = character == "\n" or (character.isprintable() and marks <= _MOST_MARKS)
        parts.append(character if fine else character.encode("unicode_escape", "backslashreplace").decode())
    return parts
