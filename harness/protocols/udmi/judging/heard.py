"""Messages as judgements look at them: decoded when asked for, as all of a flood's at once would fill the memory."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from harness.protocols.udmi.judging.decoded import DECODED
from harness.protocols.udmi.words.messages import Config
from harness.record.kinds import Received, Sent

M_co = TypeVar("M_co", covariant=True)
W = TypeVar("W")


@dataclass(frozen=True, slots=True)
class Heard(Generic[M_co]):
    """A message that arrived; `place` tells which of two at the same instant came first."""

    time: float
    place: int
    message: M_co


class HeardAs(Heard[M_co]):
    """A message that `look` sees in its record, each time that it is asked for: let `look` remember."""

    __slots__ = ("_look", "_record")
    _look: Callable[[Received], M_co]
    _record: Received

    def __init__(self, record: Received, place: int, look: Callable[[Received], M_co]) -> None:
        for name, value in (("time", record.time), ("place", place), ("_record", record), ("_look", look)):
            object.__setattr__(self, name, value)  # as `dataclass` does in one that is frozen

    @property
    def message(self) -> M_co:
        """The message, decoded."""
        return self._look(self._record)

    def __eq__(self, other: object) -> bool:
        told = (self.time, self.place, self.message)
        return isinstance(other, Heard) and told == (other.time, other.place, other.message)

    __hash__ = Heard.__hash__


class HeardPart(Heard[M_co]):
    """A part of what was heard, looked up each time that it is asked for."""

    __slots__ = ("_look", "_whole")
    _look: Callable[[Any], M_co]
    _whole: Heard[Any]

    def __init__(self, whole: Heard[W], look: Callable[[W], M_co]) -> None:
        for name, value in (("time", whole.time), ("place", whole.place), ("_whole", whole), ("_look", look)):
            object.__setattr__(self, name, value)  # likewise

    @property
    def message(self) -> M_co:
        """The part."""
        return self._look(self._whole.message)


class SentConfigs(Mapping[int, Config]):
    """Every config by its place, decoded likewise."""

    def __init__(self, sent: Mapping[int, Sent], decode: Callable[[bytes], Config]) -> None:
        self._sent, self._decode = sent, decode

    def __getitem__(self, place: int) -> Config:
        return DECODED.of(self._sent[place], self._decode)

    def __iter__(self) -> Iterator[int]:
        return iter(self._sent)

    def __len__(self) -> int:
        return len(self._sent)
