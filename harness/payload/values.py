"""Values that a field of JSON may hold, in any protocol.

A field that is missing is None; a field that holds what it must not is `IllTyped`. So no message is lost for one field.
"""

from dataclasses import dataclass
from typing import TypeAlias, TypeVar, Union

JSON: TypeAlias = bool | int | float | str | list["JSON"] | dict[str, "JSON"] | None
Value: TypeAlias = bool | int | float | str


@dataclass(frozen=True, slots=True)
class IllTyped:
    """The content of a field that promises another type, as it came."""

    raw: JSON

    def __hash__(self) -> int:
        return 0  # what it holds may have none, and one such field must not cost a judgement


T = TypeVar("T")
Field = Union[T, IllTyped, None]  # noqa: UP007 - a generic alias, which `|` cannot make of a type variable in Python 3.11


@dataclass(frozen=True, slots=True)
class PayloadProblem:
    """One field that its message promises otherwise: its path, the value found, the value expected."""

    path: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path or 'the message'} is {self.found}; expected {self.expected}"
