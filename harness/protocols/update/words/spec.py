"""The specs that update agents and devices are judged by."""

from enum import StrEnum


class UpdateSpec(StrEnum):
    """`desired-state`: the source document and its diagrams; `desired-state-kanto`: and all that Kanto adds."""

    DIAGRAMS = "desired-state"
    KANTO = "desired-state-kanto"
