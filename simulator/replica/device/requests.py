"""The requests of a device that wait for their answer, and when each is repeated."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from harness.payload.values import JSON
from harness.protocols.replica.words.topics import Operation

_MOST = 100  # requests that nobody answered, and that are not repeated


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """`names`: the properties that an update tells of. `tries`: how often it was repeated.

    `due`: when it is repeated; None: never. `is_refused`: it has had its answer, and another is asked for then.
    """

    operation: Operation
    token: JSON = None
    names: tuple[str, ...] = ()
    tries: int = 0
    due: float | None = None
    is_refused: bool = False


@dataclass
class PendingRequests:
    """Those that left, and have no answer yet."""

    _waiting: list[PendingRequest] = field(default_factory=list)

    @property
    def unanswered(self) -> int:
        """How many updates there are among them."""
        return sum(one.operation is Operation.UPDATE and not one.is_refused for one in self._waiting)

    @property
    def next(self) -> float:
        """When one is to be repeated."""
        return min((request.due for request in self._waiting if request.due is not None), default=float("inf"))

    def add(self, request: PendingRequest) -> None:
        """It has left, or is to. Of two gets only the latest waits, as one answer serves both."""
        if request.operation is Operation.GET:
            self._waiting = [other for other in self._waiting if other.operation is not Operation.GET]
        self._waiting = [*self._waiting, request][-_MOST:]

    def answered(self, operation: Operation, token: JSON, *, believes: bool) -> PendingRequest | None:
        """The request that an answer with that token is for; it waits no more. None: somebody else's."""
        for request in self._waiting:
            if request.operation is operation and not request.is_refused and (believes or token == request.token):
                self._waiting.remove(request)
                return request
        return None

    def knows(self, token: JSON) -> bool:
        """Whether an update that waits for its answer has that token."""
        return token is not None and any(
            one.operation is Operation.UPDATE and one.token == token for one in self._waiting
        )

    def clear(self) -> None:
        """They are forgotten."""
        self._waiting.clear()

    def repeated(self, now: float) -> Sequence[PendingRequest]:
        """Those that are to be repeated by now; they wait no more."""
        due = [request for request in self._waiting if request.due is not None and request.due <= now]
        self._waiting = [request for request in self._waiting if request not in due]
        return [replace(request, tries=request.tries + 1) for request in due]
