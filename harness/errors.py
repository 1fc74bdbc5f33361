"""Errors on our side of the wire. A verdict on the device is never one of these."""


class HarnessError(Exception):
    """The root of all that the harness itself raises."""


class UsageError(HarnessError):
    """The operator asked for something impossible."""


class LinkError(HarnessError):
    """The broker or the network let us down."""

    def __init__(self, endpoint: object, problem: object) -> None:
        super().__init__(f"{endpoint}: {problem}")


def first_of(group: BaseExceptionGroup[HarnessError]) -> HarnessError:
    """The first of ours in a group that holds nothing else."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, HarnessError)  # noqa: S101 - see above
    return error
