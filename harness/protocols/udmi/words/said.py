"""How a sentence names what stood in a field of a message."""

from harness.payload.values import IllTyped
from harness.protocols.udmi.words.messages import Mode, ValueState
from harness.text import brief


def said(content: object) -> str:
    """How a story names what a field held."""
    match content:
        case None:
            return "(absent)"
        case IllTyped(raw):
            return brief(raw)
        case ValueState() | Mode():
            return str(content)
        case _:
            return brief(content)
