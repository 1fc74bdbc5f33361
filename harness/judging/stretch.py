"""A stretch of a long sequence, without a copy of it: a run has hundreds."""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Stretch(Sequence[T], Generic[T]):
    """The items of `whole` from `start` up to `stop`; a slice of it is another."""

    __slots__ = ("_places", "_whole")

    def __init__(self, whole: Sequence[T], start: int, stop: int) -> None:
        self._whole, self._places = whole, range(len(whole))[start:stop]

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, int):
            return self._whole[self._places[at]]
        places = self._places[at]
        if places.step != 1:
            return [self._whole[place] for place in places]
        return Stretch(self._whole, places.start, places.stop)

    def __iter__(self) -> Iterator[T]:
        return map(self._whole.__getitem__, self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]
