"""Devices that put the same messages in other words: order, white space, and the form of numbers, texts and times."""

import json
from collections.abc import Callable
from decimal import Decimal

from simulator.link.network_conditions import rewritten
from simulator.udmi.json_style import JsonStyle
from simulator.udmi.variations.variation import Variation, quirk


def _spelt(name: str, spelling: JsonStyle) -> Variation:
    return quirk(name, network=rewritten(spelling.respell))


def _timestamps(name: str, spell: Callable[[str], str]) -> Variation:
    return _spelt(name, JsonStyle(timestamp=spell))


def _with_fraction(digits: int) -> Callable[[str], str]:
    """The same instant with so many digits behind the point: none of ours has more than three."""

    def spelt(timestamp: str) -> str:
        whole, _, fraction = timestamp.removesuffix("Z").partition(".")
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


JSON_STYLES = (
    _spelt("fields-in-alphabetical-order", JsonStyle(order=sorted)),
    _spelt("fields-in-reverse-order", JsonStyle(order=lambda names: reversed([*names]))),
    _spelt("short-fields-first", JsonStyle(order=lambda names: sorted(names, key=len))),
    _spelt("white-space-everywhere", JsonStyle(gap=" \t\r\n")),
    _spelt("every-character-escaped", JsonStyle(text=_escaped)),
    _spelt("slashes-escaped", JsonStyle(text=lambda text: json.dumps(text).replace("/", r"\/"))),
    _spelt("unicode-as-it-is", JsonStyle(text=lambda text: json.dumps(text, ensure_ascii=False))),
    _spelt("numbers-with-an-exponent", JsonStyle(number=_with_exponent)),
    _spelt("numbers-with-decimals", JsonStyle(number=_with_decimals)),
    _timestamps("zero-offset", lambda timestamp: timestamp.replace("Z", "+00:00")),
    _timestamps("unknown-local-offset", lambda timestamp: timestamp.replace("Z", "-00:00")),
    _timestamps("lower-case-z", lambda timestamp: timestamp.replace("Z", "z")),
    _timestamps("lower-case-t-and-z", str.lower),
    _timestamps("milliseconds-always", _with_fraction(3)),
    _timestamps("microseconds-always", _with_fraction(6)),
    _timestamps("nanoseconds-always", _with_fraction(9)),
    _timestamps("picoseconds-always", _with_fraction(12)),
)
