"""Progress of a drive, as it is told while it goes on."""

from typing import Protocol

from harness.provocations.provocation import NobodyAnswered


class Progress(Protocol):
    """A display of progress."""

    def left(self, seconds: float) -> None:
        """With the next scenario it takes so long until all are driven, as far as anybody knows."""

    def scenario(self, name: str) -> None:
        """The next scenario begins."""

    def waits(self, fact: str, at_most: float) -> None:
        """From now on the cloud waits for a fact, so many seconds at most."""

    def tell(self, line: str) -> None:
        """Something that the operator should know."""

    async def ask(self, question: str) -> bool:
        """Have a person do something; whether it was done. Raises NobodyAnswered where no person is there."""


class Unseen:
    """Nobody watches, and nobody answers."""

    def left(self, seconds: float) -> None:
        """Not shown."""

    def scenario(self, name: str) -> None:
        """Not shown."""

    def waits(self, fact: str, at_most: float) -> None:
        """Not shown."""

    def tell(self, line: str) -> None:
        """Not shown."""

    async def ask(self, question: str) -> bool:
        """Raises NobodyAnswered."""
        del question
        raise NobodyAnswered("this run asks no questions")
