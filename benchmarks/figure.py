"""One line of the table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what was measured, its value, and the aim; without an aim, it is there to compare with."""

    what: str
    value: str
    aim: str = ""

    def __str__(self) -> str:
        return f"{self.what:<58}  {self.value:<38}  {self.aim}".rstrip()


HEADING = Figure("what", "figure", "aim")
