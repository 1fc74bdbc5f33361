"""Text from a device or a file, made harmless where it is shown: one function for each place that shows text. Plurals.

HTML needs no function here: `printable_lines` first, and the template engine escapes the markup afterwards.
"""

import re
import shlex
import unicodedata
from collections.abc import Iterator
from reprlib import Repr

_LONGEST = 200  # characters of a name or a value within a sentence
_LONGEST_STORY = 4000  # characters of a text that may have several lines
_MOST_MARKS = 3  # combining marks that may pile up on one letter
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!~&$])")
_REPR = Repr()
_REPR.maxstring = _REPR.maxother = 80
_REPR.maxlevel = 3


def shortened(text: str, at_most: int = _LONGEST) -> str:
    """The text, cut after that many characters, with an ellipsis where it was cut."""
    return text if len(text) <= at_most else f"{text[:at_most]}…"


def counted(count: int, one: str, more: str = "") -> str:
    """The count and its noun: `1 state`, `3 states`."""
    return f"{count} {plural(count, one, more)}"


def plural(count: int, one: str, more: str = "") -> str:
    """The word for so many: `one` for a single thing, else `more`, or `one` with an "s"."""
    return one if count == 1 else more or f"{one}s"


def printable(text: str, at_most: int = _LONGEST) -> str:
    """The text on one line of a terminal: an escape for each character that does not print, line ends among them."""
    return _escaped(shortened(text, at_most))


def printable_lines(text: str, at_most: int = _LONGEST_STORY) -> str:
    """The text with its line ends kept; a text that is too long ends with its length. The result is valid XML text."""
    shown = "\n".join(map(_escaped, text[:at_most].split("\n")))
    return shown if len(text) <= at_most else f"{shown}… ({len(text):,} characters)"


def brief(raw: object) -> str:
    """Any value of JSON in a few words, however large or deep it is."""
    return printable(_REPR.repr(raw))


def markdown_text(text: str) -> str:
    """The text as text of one line in Markdown: no character of it is markup."""
    return _MARKDOWN.sub(r"\\\1", printable_lines(" ".join(text.splitlines())))


def css_text(text: str) -> str:
    """The text between the quotes of a string of CSS, on one line: all but plain letters and digits as escapes."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in printable(text))


def parts_by_ticks(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a text, and whether each stood between two backticks; one that has no other is part of the text."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = [f"{parts[-2]}`{parts[-1]}"]
    yield from ((part, place % 2 == 1) for place, part in enumerate(parts) if part)


def shell_word(text: str) -> str:
    """The text as one word for bash, which survives a web page and a clipboard too."""
    if text.isprintable():
        return shlex.quote(text)
    escaped = "".join(c if c.isprintable() and c not in "\\'" else _bytes_of(c) for c in text)
    return f"$'{escaped}'"


def _escaped(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return "".join(_escapes(line))


def _escapes(line: str) -> Iterator[str]:
    marks = 0
    for character in line:
        marks = marks + 1 if unicodedata.combining(character) else 0
        fine = character.isprintable() and marks <= _MOST_MARKS
        yield character if fine else character.encode("unicode_escape", "backslashreplace").decode()


def _bytes_of(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))
