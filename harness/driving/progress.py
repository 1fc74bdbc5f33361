"""What is told of a drive while it goes on."""

from typing import Protocol


class Progress(Protocol):
    """Whoever shows it."""

    def scenario(self, name: str) -> None:
        """The next scenario begins."""

    def waits(self, fact: str, at_most: float) -> None:
        """From now on the cloud waits for a fact, so many seconds at most."""

    def tell(self, line: str) -> None:
        """Something that the operator should know."""

    async def ask(self, question: str) -> bool:
        """Have a person do something; whether it was done."""


class Unseen:
    """Nobody watches, and nobody answers."""

    def scenario(self, name: str) -> None:
        """Not shown."""

    def waits(self, fact: str, at_most: float) -> None:
        """Not shown."""

    def tell(self, line: str) -> None:
        """Not shown."""

    async def ask(self, question: str) -> bool:
        """Nobody did it."""
        del question
        return False
