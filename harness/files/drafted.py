"""The draft of a profile, as the command that writes it knows it."""

from pathlib import Path
from typing import Protocol


class Drafted(Protocol):
    """A draft that its plug has made."""

    @property
    def summary(self) -> str:
        """The extent of it, in words that stand behind the name of the file."""

    def text(self, path: Path) -> str:
        """The text for that file, read back once. Raises UsageError where it is no profile."""
