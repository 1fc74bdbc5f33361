"""Devices that put the same messages in other words: order, white space, and the form of numbers, texts and times."""

import json
from collections.abc import Callable
from decimal import Decimal

from simulator.road import rewritten
from simulator.spelling import Spelling
from simulator.variations.variation import Variation, quirk


def _spelt(name: str, spelling: Spelling) -> Variation:
    return quirk(name, road=rewritten(spelling.respell))


def _instants(name: str, spell: Callable[[str], str]) -> Variation:
    return _spelt(name, Spelling(instant=spell))


def _with_fraction(digits: int) -> Callable[[str], str]:
    """The same instant with so many digits behind the point: none of ours has more than three."""

    def spelt(instant: str) -> str:
        whole, _, fraction = instant.removesuffix("Z").partition(".")
        return f"{whole}.{fraction:0<{digits}}Z"

    return spelt


def _escaped(text: str) -> str:
    """Every character by its number, as JSON allows."""
    units = text.encode("utf-16-be")
    return '"' + "".join(f"\\u{units[i]:02x}{units[i + 1]:02X}" for i in range(0, len(units), 2)) + '"'


def _with_exponent(number: float) -> str:
    return f"{Decimal(str(number)):E}"


def _with_decimals(number: float) -> str:
    """JSON has one kind of number, so an integer may have decimals, if they are zero."""
    return f"{number}.00" if isinstance(number, int) else f"{json.dumps(number)}00"


SPELLINGS = (
    _spelt("fields-in-alphabetical-order", Spelling(order=sorted)),
    _spelt("fields-in-reverse-order", Spelling(order=lambda names: reversed([*names]))),
    _spelt("short-fields-first", Spelling(order=lambda names: sorted(names, key=len))),
    _spelt("white-space-everywhere", Spelling(gap=" \t\r\n")),
    _spelt("every-character-escaped", Spelling(text=_escaped)),
    _spelt("slashes-escaped", Spelling(text=lambda text: json.dumps(text).replace("/", r"\/"))),
    _spelt("unicode-as-it-is", Spelling(text=lambda text: json.dumps(text, ensure_ascii=False))),
    _spelt("numbers-with-an-exponent", Spelling(number=_with_exponent)),
    _spelt("numbers-with-decimals", Spelling(number=_with_decimals)),
    _instants("zero-offset", lambda instant: instant.replace("Z", "+00:00")),
    _instants("unknown-local-offset", lambda instant: instant.replace("Z", "-00:00")),
    _instants("lower-case-z", lambda instant: instant.replace("Z", "z")),
    _instants("lower-case-t-and-z", str.lower),
    _instants("milliseconds-always", _with_fraction(3)),
    _instants("microseconds-always", _with_fraction(6)),
    _instants("nanoseconds-always", _with_fraction(9)),
    _instants("picoseconds-always", _with_fraction(12)),
)
